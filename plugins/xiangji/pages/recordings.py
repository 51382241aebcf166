"""Listening: recordings with what is said in them, in two columns whose times are links.

The text is the page's, not the player's: `<audio>` shows no captions of its own, and a caption file may
hold notes that are nobody's business, so none is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from xiangji import urls
from xiangji.records.story import Card, Story
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact
from xiangji.render.scripts import script
from xiangji.views.entries import lines

if TYPE_CHECKING:  # Few villages have recordings, and what reads them takes time to load.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions, Cue


class TranscriptRow(Struct, frozen=True):
    """What is said from one time on: as spoken, and in Mandarin."""

    time: str
    href: str
    spoken: str
    told: str


class Recording(Struct, frozen=True):
    """One card's recording as a template needs it."""

    id: str
    title: str
    teller: Link | None
    facts: str
    note: str
    sample: bool
    src: str
    columns: tuple[str, ...]
    """The heads of the columns; none where there are only the card's words."""
    rows: tuple[TranscriptRow, ...]
    lines: list[str]


class Listening(Struct, frozen=True):
    """What a page offers to the ear. `aloud`: a button with which the phone reads the page."""

    recordings: tuple[Recording, ...]
    aloud: bool
    styles: tuple[str, ...]
    script: Artifact | None


def listening(context: RenderContext, cards: Iterable[Card], page: str, aloud: bool) -> Listening:
    """The recordings of `cards` for the page at address `page`. Where there is none, the page may
    be read out, if `aloud`."""
    found = tuple(
        _recording(context, card, audio, page)
        for card in cards
        if (audio := context.library.recording(card))
    )
    aloud = aloud and not found
    moves = aloud or any(each.rows for each in found)
    styles = ("listen",) if found else ("aloud",) if aloud else ()
    return Listening(found, aloud, styles, script("listen") if moves else None)


def heard(context: RenderContext, story: Story) -> bool:
    """Whether there is a recording on a story's page."""
    return any(context.library.recording(card) for card in context.library.cards_of(story))


def hear(context: RenderContext, card: Card) -> str:
    """The link from a quoted card to its recording on the same page; empty where there is none."""
    return f"#listen-{card.id}" if context.library.recording(card) else ""


def _recording(context: RenderContext, card: Card, audio: Audio, page: str) -> Recording:
    name = f"{audio.digest[:16]}.{audio.format}"
    address = context.keep(Artifact(urls.asset(name), audio.read(), audio.path))
    src = urls.relative(address, page)
    teller = context.library.people.get(card.teller or "")
    captions = context.library.captions_of(card)
    rows = _rows(*captions, src)
    # Nobody speaks dialect in a made-up recording.
    heads = ("照原话" if card.sample else "方言", "普通话")
    facts = (_length(audio.seconds), f"约 {max(1, round(audio.size / 1000))} KB")
    return Recording(
        card.id,
        card.title or "",
        context.person_link(teller, page) if teller else None,
        " · ".join(fact for fact in facts if fact),
        card.audio_note or "",
        card.sample,
        src,
        tuple(head for head, each in zip(heads, captions, strict=True) if each) if rows else (),
        rows,
        lines(card.words) if not rows else [],
    )


def _rows(spoken: Captions | None, told: Captions | None, src: str) -> tuple[TranscriptRow, ...]:
    from xiangji.readers.media.captions import paired

    voiced = [_voices(each) for each in (spoken, told)]
    rows = []
    for one, other in paired(spoken, told):
        start = min(cue.start for cue in (one, other) if cue)
        texts = (_text(cue, names) for cue, names in zip((one, other), voiced, strict=True))
        rows.append(TranscriptRow(_clock(start), f"{src}#t={round(start, 3):.10g}", *texts))
    return tuple(rows)


def _voices(captions: Captions | None) -> bool:
    """Whether several people speak, so that each must be named."""
    return len({cue.voice for cue in captions.cues}) > 1 if captions else False


def _text(cue: Cue | None, named: bool) -> str:
    if cue is None:
        return ""
    return f"{cue.voice}：{cue.text}" if named and cue.voice else cue.text


def _clock(seconds: float) -> str:
    """A time in a recording: `0:12`, `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _length(seconds: float | None) -> str:
    """How long a recording plays; nothing where that is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    said = (f"{minutes} 分" if minutes else "", f"{rest} 秒" if rest else "")
    return " ".join(each for each in said if each)
