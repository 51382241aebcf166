"""Hints for volunteers about a photo: too small, too dark, too bright, blurred, upside down, sideways, degraded.

Hints stop nothing, and are given only when the defect is nearly certain. The limits below were tried on 25 photos
that come with open-source packages (faces, a temple, cups, a cat, circuit boards, grass, gravel, a rocket at dusk):
as they are, at 7 exposures, in two fogs, with grain, blurred by 0.7 to 3 pixels and by a motion of 4 to 12 pixels, at
a long side of 512 pixels. They were also tried on all drawings of the demo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from xiangji.images.measurements import PhotoFacts
from xiangji.images.renditions import Rendition, RenditionOrder
from xiangji.model.location import Location
from xiangji.problems import Problem, problem


class PhotoUse(Struct, frozen=True):
    """A photo in a role, with the order and the rendition made.

    `width` and `height` are the size in pixels that the role needs; a height of None means any.
    """

    role: str
    width: int
    height: int | None
    order: RenditionOrder
    made: Rendition


_WHERE = {
    "hero": ("页面最上面的大图", "the picture on top of a page"),
    "strip": ("批次页上的横条图", "the strip on a batch sheet"),
    "tile": ("首页和列表里的图", "a picture in a list"),
    "card": ("小方图", "a small square picture"),
    "slide": ("产品页上的图", "the picture of a product"),
    "wide": ("长辈版上的图", "a picture in the large-type edition"),
    "step": ("做法里的图", "the picture of a step"),
    "thumb": ("列表和小店里的小图", "a small picture in a list or the shop"),
    "contact": ("加微信的码", "a WeChat contact picture"),
    "body": ("正文里的图", "a picture in the text"),
    "share": ("分享到微信的卡片", "the card that WeChat shows"),
}
_ANY_SIZE = frozenset(("body", "share", "contact"))
"""Roles for which a small photo is no defect.

In a text it is simply shown smaller, a share card uses what there is, and a code can be scanned when it is small.
"""

_DARK = 85
"""Limit for the 95th percentile of light (0 to 255); a photo below it is dark.

Good photos have 106 (dusk) or more. Photos with an eighth of the light have 41 to 115, mostly below 85.
"""
_BACKLIT = (28, 45)
"""Limits for median and upper quartile of light. Below both, people are black before a bright window.

The darkest good photo has 45 and 67.
"""
_BLOWN, _NO_BLACK, _NO_MIDDLE = 0.35, 60, 140
"""Limits for too much light.

They are the share of plain white, a 5th percentile that is not dark, and a median of the other pixels that is light.
Good photos have a share of 0.02 at most, unless on white paper. With six times the light they have 0.4 to 0.9.
"""
_PAPER = 0.9
"""With such a share of white at the rim, it is a sheet of paper or a cut-out, which is meant to be white."""
_BLURRED = 35
"""Limit for sharpness. Good photos have 263 to 3600, and in fog 58 or more.

Photos blurred by 2 of 512 pixels have 9 to 33 (coarse grass and gravel 64), and with a motion of 12 pixels 7 to 49.
Grain hides blur, so there is no hint for a grainy photo.
"""
_CONTRAST = 30
"""Minimum difference of the 5th and 95th percentile of light. Below it, fog and blur cannot be distinguished."""
_SKY, _NO_SKY, _LIGHTER = 0.85, 0.05, 30
"""Limits for sky at the bottom.

They are the share of sky in the lower third, in the upper third, and how much lighter the lower third is. A lake
seldom fills a third so smoothly without any sky above it.
"""
_FULL_SKY, _EVEN = 0.95, 0.1
"""Limits for sky at one side: its share there, and how far its shares in the upper and the lower third may differ."""
_UPRIGHT_LIGHT, _UPRIGHT_SKY = 25, 0.3
"""Limits for light from above, and for sky at the top.

A photo beyond one of them is upright, whatever the phone noted.
"""
_ROUGH = 25
"""Limit for WebP quality below which a picture looks rough.

Good photos at 750 px get 31 to 82; grass and gravel have to be softened by 2.
"""
_LOW_LIMIT = 0.45
"""Bits per pixel. A lower size limit softens any photo, so there is a hint only if it is softened by 4 or more."""

_THUMB = 200 * 200
"""Pixels of a small picture. Smaller pictures always get many bits per pixel, and nobody sees whether they are rough.
"""


def lint(
    path: str, width: int, height: int, facts: PhotoFacts, uses: Iterable[PhotoUse]
) -> list[Problem]:
    """The hints for the photo at `path`. `width` and `height` are its pixels in upright orientation."""
    place = Location(path)
    every = sorted(uses, key=lambda use: (use.role, use.order))
    found = list(_degraded(every, place))
    if facts.photograph:
        found += _small(every, width, height, place)
        found += _light(facts, place)
        found += _upside_down(facts, place) or _sideways(facts, place)
    return found


def _small(uses: list[PhotoUse], width: int, height: int, place: Location) -> Iterator[Problem]:
    """A hint for the role that needs the largest size, if the photo is too small for it."""
    short = [
        use
        for use in uses
        if use.role not in _ANY_SIZE and (width < use.width or height < (use.height or 0))
    ]
    if short:
        use = max(short, key=lambda use: (use.width, use.height or 0))
        where = _where(use.role)
        has, needs = f"{width}×{height}", f"{use.width}"
        if use.height:
            needs += f"×{use.height}"
        yield problem(
            "photo-small", place, size=has, needs=needs, where=where[0], where_en=where[1]
        )


def _light(facts: PhotoFacts, place: Location) -> Iterator[Problem]:
    """A hint about light, or else about blur, since blur in a dark or bright photo cannot be judged."""
    low, _, half, most, high = facts.light
    if high < _DARK or (half < _BACKLIT[0] and most < _BACKLIT[1]):
        yield problem("photo-dark", place)
    elif (
        facts.blown >= _BLOWN
        and low >= _NO_BLACK
        and facts.unblown >= _NO_MIDDLE
        and facts.rim < _PAPER
    ):
        yield problem("photo-bright", place, share=round(facts.blown * 100))
    elif facts.sharpness < _BLURRED and high - low >= _CONTRAST:
        yield problem("photo-blurred", place)


def _sideways(facts: PhotoFacts, place: Location) -> list[Problem]:
    """A hint that a photo lies on its side: the sky fills one side from top to bottom, and is not on the other.

    The corner of a house before the sky looks the same. So nothing is said of a photo whose phone noted how it was
    held, and without sky there is no clue at all.
    """
    if facts.orientation or abs(facts.top_sky - facts.bottom_sky) > _EVEN:
        return []
    (left, right), (left_light, right_light) = facts.side_sky, facts.side_light
    lighter = (left_light - right_light) * (1 if left >= right else -1)
    if max(left, right) < _FULL_SKY or min(left, right) > _NO_SKY or lighter < _LIGHTER:
        return []
    why, why_en = ("左边", "left") if left >= right else ("右边", "right")
    return [problem("photo-sideways", place, why=why, why_en=why_en)]


def _upside_down(facts: PhotoFacts, place: Location) -> list[Problem]:
    return list(_turned(facts, place))


def _turned(facts: PhotoFacts, place: Location) -> Iterator[Problem]:
    lighter_below = facts.bottom_light - facts.top_light
    if facts.bottom_sky >= _SKY and facts.top_sky <= _NO_SKY and lighter_below >= _LIGHTER:
        why, why_en = "蓝天在下面", "the sky is at the bottom"
        yield problem("photo-upside-down", place, why=why, why_en=why_en)
        return
    upright = -lighter_below >= _UPRIGHT_LIGHT or facts.top_sky >= _UPRIGHT_SKY
    if facts.orientation in (3, 4) and not upright:
        why = "手机记着，拍的时候它是倒着拿的；平放在桌子上面拍，手机常常记错"
        why_en = (
            "the phone noted that it was held upside down; over a table, it often guesses wrong"
        )
        yield problem("photo-upside-down", place, why=why, why_en=why_en)


def _degraded(uses: list[PhotoUse], place: Location) -> Iterator[Problem]:
    """A hint for the worst rendition. Where there is WebP only it is judged, because nearly all phones show it."""
    webp = {use.role for use in uses if use.order.form == "webp"}
    judged = [use for use in uses if use.order.form == "webp" or use.role not in webp]
    rough = [use for use in judged if _is_rough(use)]
    if not rough:
        return
    use = max(rough, key=lambda use: (use.made.softness, -use.made.quality))
    where = _where(use.role)
    made = use.made
    how = (
        f"质量只有 {made.quality}（一般六十以上）",
        f"quality is {made.quality}, usually above 60",
    )
    if made.softness > 1:
        times = made.softness
        how = (f"只能模糊 {times} 倍", f"it was softened {times} times")
    yield problem(
        "photo-degraded",
        place,
        where=where[0],
        where_en=where[1],
        size=f"{use.order.width}×{use.order.height}",
        ceiling=f"{use.order.ceiling / 1000:g}",
        how=how[0],
        how_en=how[1],
    )


def _is_rough(use: PhotoUse) -> bool:
    pixels = use.order.width * use.order.height
    if pixels < _THUMB or use.order.ceiling * 8 / pixels < _LOW_LIMIT:
        return use.made.softness >= 4
    return use.made.softness > 1 or use.made.quality < _ROUGH


def _where(role: str) -> tuple[str, str]:
    """The name of a role in Chinese and English. Other page families may have roles of their own."""
    return _WHERE.get(role, ("网页上的图", "a picture on a page"))
