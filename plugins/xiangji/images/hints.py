"""What a volunteer is told about a photo: too small, too dark, blurred, upside down, degraded.

Hints: they stop nothing, and only what is nearly sure is told. The limits were tried on 25
photos that come with open-source packages (faces, a temple, cups, a cat, circuit boards, grass,
gravel, a rocket at dusk), as they are, at 7 exposures, in two fogs, with grain, and blurred by 0.7
to 3 of 512 pixels or moved by 4 to 12; and on all drawings of the demo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from xiangji.images.measurements import PhotoFacts
from xiangji.images.renditions import Rendition, RenditionOrder
from xiangji.model.location import Location
from xiangji.problems import Problem, problem


class PhotoUse(Struct, frozen=True):
    """A photo in a role: the size that the role asks for (`height` None: any) and what it got."""

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
"""In a text a small photo simply stands smaller; a share card is made from what there is; a code
can be scanned when it is small."""

_DARK = 85
"""Light that 95 of 100 pixels stay below. Photos taken well: 106 (dusk) and more; taken with an
eighth of the light: 41 to 115, mostly below 85."""
_GLOOM = (28, 45)
"""Median and upper quartile: a bright window, and everybody before it black. The darkest good
photo has 45 and 67."""
_BLOWN, _NO_BLACK, _NO_MIDDLE = 0.35, 60, 140
"""Share of plain white, with nothing dark and little in between beside it. Good photos: 0.02 at
most, unless on white paper; with six times the light 0.4 to 0.9."""
_PAPER = 0.9
"""With so white a rim it is a sheet or a cut-out, which is meant to be white."""
_BLURRED = 35
"""Good photos: 263 to 3600, in fog 58 and more. Blurred by 2 of 512 pixels: 9 to 33, coarse grass
and gravel 64; moved by 12: 7 to 49. Grain hides blur: then nothing is told."""
_CONTRAST = 30
"""With less between the 5th and 95th percentile, fog and blur look the same."""
_SKY, _GROUND, _LIGHTER = 0.85, 0.05, 30
"""The lower third is nearly all smooth bright blue, the upper has none of it and is darker. A lake
seldom fills a third so smoothly without any sky above."""
_UPRIGHT_LIGHT, _UPRIGHT_SKY = 25, 0.3
"""Light from above, or sky: so a photo whose phone was upside down stands upright after all."""
_ROUGH = 25
"""WebP quality under which a picture looks rough. Good photos of 750 px get 31 to 82, grass and
gravel are softened twofold."""
_TIGHT = 0.45
"""Bits a pixel. A ceiling below it softens any photo, so only four times as soft is told."""

_THUMB = 200 * 200
"""In fewer pixels every photo is dense, and nobody sees how rough it is."""


def lint(
    path: str, width: int, height: int, facts: PhotoFacts, uses: Iterable[PhotoUse]
) -> list[Problem]:
    """What to tell about the photo at `path`, `width` by `height` pixels as it stands upright."""
    place = Location(path)
    every = sorted(uses, key=lambda use: (use.role, use.order))
    found = list(_degraded(every, place))
    if facts.photograph:
        found += _small(every, width, height, place)
        found += _light(facts, place)
        found += _upside_down(facts, place)
    return found


def _small(uses: list[PhotoUse], width: int, height: int, place: Location) -> Iterator[Problem]:
    """The role that misses most is told."""
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
    """Light first: whether a dark photo is sharp as well can be told when there is light."""
    low, _, half, most, high = facts.light
    if high < _DARK or (half < _GLOOM[0] and most < _GLOOM[1]):
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


def _upside_down(facts: PhotoFacts, place: Location) -> Iterator[Problem]:
    lighter_below = facts.bottom_light - facts.top_light
    if facts.bottom_sky >= _SKY and facts.top_sky <= _GROUND and lighter_below >= _LIGHTER:
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
    """The use that came off worst. Where there is WebP it is judged, as nearly all phones show it."""
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
    if pixels < _THUMB or use.order.ceiling * 8 / pixels < _TIGHT:
        return use.made.softness >= 4
    return use.made.softness > 1 or use.made.quality < _ROUGH


def _where(role: str) -> tuple[str, str]:
    """A role in words; other families may have roles of their own."""
    return _WHERE.get(role, ("网页上的图", "a picture on a page"))
