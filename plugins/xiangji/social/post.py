"""Makes a post of a story for a platform: title, text, topics, picture and address.

A post shows what the author of the story wrote, and leaves out what somebody did not agree to: posts travel like
posters, so the consent for posters counts (`permission`). What is cut is cut where a sentence ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from xiangji import urls
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.vocabularies import ConsentMedium
from xiangji.paper.labels.consented import whose
from xiangji.permission import plain_name
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.social.platforms import Limit, PlatformLimits

SAMPLE = "（示例：人物和话是虚构的）"
"""What stands under a made-up story, because whoever meets it on a platform does not see the site."""

_SENTENCE = late_pattern(r"[^。！？!?\n]*[。！？!?]+[”’」』）)]*|[^。！？!?\n]+")
_TOPIC_SIGNS = late_pattern(r"[^\w]+")
_TELLINGS = ("long", "medium", "short")


class Post(Struct, frozen=True, kw_only=True):
    """A post of a story. `notes` say in Chinese and English what was left out or cut, and what to do."""

    platform: PlatformLimits
    title: str
    text: str
    topics: tuple[str, ...]
    address: str
    picture: str
    notes: tuple[tuple[str, str], ...] = ()


def post_of(context: RenderContext, story: Story, platform: PlatformLimits) -> Post:
    """Return the post of a story for a platform."""
    notes: list[tuple[str, str]] = []
    address = context.absolute(urls.story(story.id)) or ""
    media = context.library.picture_for(ConsentMedium.POSTER, story)
    if story.picture and media is None:
        notes.append(
            (
                "题图里的人没有同意上海报，换一张图。",
                "Somebody in the picture did not agree to posters.",
            )
        )
    return Post(
        platform=platform,
        title=_title(context, story, platform, notes),
        text=_text(context, story, platform, address, notes),
        topics=_topics(context, story, platform.topics),
        address=address,
        picture=media.path if media else "",
        notes=tuple(notes),
    )


def _title(
    context: RenderContext, story: Story, platform: PlatformLimits, notes: list[tuple[str, str]]
) -> str:
    """The title with the subtitle if both fit, else the title, cut if it is too long."""
    limit = platform.title.number
    whole = f"{story.title}：{story.subtitle}" if story.subtitle else story.title
    given = [each for each in (whole, story.title) if _may_stand(context, each, notes)]
    fits = next((each for each in given if platform.length(each) <= limit), "")
    if fits or not given:
        return fits
    notes.append(
        ("题目太长，截短了：自己另起一个更好。", "The title was cut; a title of its own is better.")
    )
    return _shortened(given[-1], platform, limit)


def _shortened(text: str, platform: PlatformLimits, limit: int) -> str:
    while text and platform.length(f"{text}…") > limit:
        text = text[:-1]
    return f"{text}…"


def _text(
    context: RenderContext,
    story: Story,
    platform: PlatformLimits,
    address: str,
    notes: list[tuple[str, str]],
) -> str:
    """The longest telling that fits, with what belongs below it; else as many sentences of the shortest as fit."""
    below = "\n".join(
        [*([SAMPLE] if story.sample else []), *([f"全文：{address}"] if address else [])]
    )
    room = platform.text.number - platform.length(f"\n{below}")
    tellings = [each for each in _tellings(story) if _may_stand(context, each, notes)]
    fits = next((each for each in tellings if platform.length(each) <= room), "")
    if not tellings:
        notes.append(
            (
                "没有可以用的“短讲法”：在故事里写上六十字、一百二十字、三百字。",
                "There is no telling to use; write tellings in the story.",
            )
        )
    elif not fits:
        fits = _sentences(tellings[-1], platform, room)
        notes.append(
            (
                "短讲法放不下，只留了前几句。",
                "The telling does not fit; its first sentences stand here.",
            )
        )
    return "\n".join(each for each in (fits, below) if each)


def _tellings(story: Story) -> Iterator[str]:
    """The tellings, the longest first, with their paragraphs."""
    for name in _TELLINGS if story.tellings else ():
        text = getattr(story.tellings, name)
        if text:
            yield "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _sentences(text: str, platform: PlatformLimits, room: int) -> str:
    kept = ""
    for match in _SENTENCE.finditer(text):
        if platform.length(kept + match[0]) > room:
            break
        kept += match[0]
    return kept.strip()


def _topics(context: RenderContext, story: Story, limit: Limit) -> tuple[str, ...]:
    """Names of the story's goods, of the village and of the brand, as topics."""
    library = context.library
    goods = (each.name for each in library.products_of(story) if not each.hidden)
    names: Iterable[str | None] = (*goods, library.brand.village, library.brand.name)
    plain = (_TOPIC_SIGNS.sub("", plain_name(each)) for each in names if each)
    allowed = (each for each in plain if each and not whose(context, each, ConsentMedium.POSTER)[0])
    return tuple(dict.fromkeys(allowed))[: limit.number]


def _may_stand(context: RenderContext, text: str, notes: list[tuple[str, str]]) -> bool:
    """Whether everybody in a text agreed to posters. If not, it is noted whose name or words are left out."""
    what, what_en = whose(context, text, ConsentMedium.POSTER)
    if not what:
        return True
    note = (
        f"{what}没有同意上海报，那一段没有用。",
        f"A text with {what_en} is left out: there is no consent for posters.",
    )
    if note not in notes:
        notes.append(note)
    return False
