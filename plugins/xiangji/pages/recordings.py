"""Prepares the recordings of cards for a page, with a transcript in two columns whose times are links.

The page shows the transcript itself, since `<audio>` shows no captions. Caption files are not published, since they
may contain private notes.
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

if TYPE_CHECKING:  # These modules are slow to import, and few villages have recordings.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions, Cue


class TranscriptRow(Struct, frozen=True):
    """What is said from one time on: `spoken` as spoken, `told` in Mandarin. `time` is such as `1:02`."""

    time: str
    href: str
    spoken: str
    told: str


class Recording(Struct, frozen=True):
    """The view of one card's recording."""

    id: str
    title: str
    teller: Link | None
    facts: str
    note: str
    sample: bool
    src: str
    columns: tuple[str, ...]
    """The headings of the columns. Empty if there is no transcript and only the card's words are shown."""
    rows: tuple[TranscriptRow, ...]
    lines: list[str]


class Listening(Struct, frozen=True):
    """What a page offers to listen to.

    `aloud` says whether a button lets the phone read the page aloud. `styles` and `script` are what the page needs.
    """

    recordings: tuple[Recording, ...]
    aloud: bool
    styles: tuple[str, ...]
    script: Artifact | None


def listening(context: RenderContext, cards: Iterable[Card], page: str, aloud: bool) -> Listening:
    """Return the recordings of `cards` for the page at address `page`.

    If there is none and `aloud` is true, the page offers to read itself aloud.
    """
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
    """Whether a story's page has a recording."""
    return any(context.library.recording(card) for card in context.library.cards_of(story))


def hear(context: RenderContext, card: Card) -> str:
    """Return the link from a quoted card to its recording on the same page, or an empty text without recording."""
    return f"#listen-{card.id}" if context.library.recording(card) else ""


def _recording(context: RenderContext, card: Card, audio: Audio, page: str) -> Recording:
    name = f"{audio.digest[:16]}.{audio.format}"
    address = context.keep(Artifact(urls.asset(name), audio.read(), audio.path))
    src = urls.relative(address, page)
    teller = context.library.people.get(card.teller or "")
    captions = context.library.captions_of(card)
    rows = _rows(*captions, src)
    # An invented recording is no dialect.
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
    """Whether several people speak, so that each line must name its speaker."""
    return len({cue.voice for cue in captions.cues}) > 1 if captions else False


def _text(cue: Cue | None, named: bool) -> str:
    if cue is None:
        return ""
    return f"{cue.voice}：{cue.text}" if named and cue.voice else cue.text


def _clock(seconds: float) -> str:
    """Return a time in a recording as text, such as `0:12` or `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _length(seconds: float | None) -> str:
    """Return the length of a recording as text. Empty if it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    said = (f"{minutes} 分" if minutes else "", f"{rest} 秒" if rest else "")
    return " ".join(each for each in said if each)
