"""Makes a poster: it is set in Typst, encoded within a limit of bytes, and its code is read back.

Name and code must fit. If a telling does not fit, a shorter one is used. What the template reports is stored in the
cache with the picture, so that a cached poster gives the same problems as a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache as remembered
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from xiangji.cache import Cache
from xiangji.images.renditions import DamagedPhoto, RenditionOrder, decoded, picture_bytes, scale_of
from xiangji.model.location import Location
from xiangji.model.vocabularies import PosterLayout
from xiangji.palette import Palette
from xiangji.paper.coded import unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.glyphs import missing_in, thin_in
from xiangji.paper.posters.file import Ceiling, codes_of, encoded
from xiangji.paper.posters.text import Subject, address_of, named, spoken
from xiangji.paper.posters.upright import title_columns, title_parts, tokens
from xiangji.paper.symbol import Symbol, make_symbol
from xiangji.paper.typesetter import recipe, typeset
from xiangji.problems import Problem, fatal, problem
from xiangji.readers.media.pictures import Media
from xiangji.render.context import RenderContext

_RECIPE = 1
"""Part of the cache key. Raise it if a change of this module changes the bytes of posters with the same data."""

_CODE_ROOM = 300
"""The side of a code in pixels, quiet zone included, if its address is short enough."""
_CODE_MOST = 380
"""The largest side of a code in pixels, for a long address."""
_FEWEST_DOTS = 6
"""The least pixels per module. A picture reduced to half its size then has three, which decoders can read."""


class Shape(Struct, frozen=True):
    """The size of a poster in pixels."""

    key: str
    zh: str
    width: int
    height: int


SHAPES = {
    each.key: each
    for each in (
        Shape("tall", "竖", 1080, 1440),
        Shape("long", "长", 1080, 1920),
        Shape("square", "方", 1080, 1080),
    )
}


class Poster(Struct, frozen=True):
    """A finished poster. `content` is a PNG or JPEG file; `ending` is `png` or `jpg`."""

    subject: Subject
    shape: Shape
    content: bytes
    ending: str


class Draft(Struct, frozen=True, kw_only=True):
    """A poster that can be made.

    `data` is what its template reads. `pictures` are the pictures by name. `key` is the cache key, a digest of
    everything that decides the bytes.
    """

    subject: Subject
    shape: Shape
    data: dict[str, Any]
    pictures: tuple[tuple[str, Media], ...]
    address: str
    ceiling: Ceiling
    key: str

    @property
    def ending(self) -> str:
        """The file format: `jpg` with a photo, which is smaller as JPEG; else `png`, which keeps drawings sharp."""
        photo = any(name == "picture" and not media.is_drawing for name, media in self.pictures)
        return "jpg" if photo else "png"


def layout_for(
    context: RenderContext, subject: Subject, wanted: PosterLayout | None = None
) -> PosterLayout:
    """Return the layout: the `wanted` one, or the brand's. By default it is PICTURE with a picture, else TITLE.

    A layout that needs a picture or a telling becomes TITLE if there is none.
    """
    layout = wanted or context.library.brand.poster_layout
    if layout is PosterLayout.PICTURE or layout is None:
        return PosterLayout.PICTURE if subject.picture else PosterLayout.TITLE
    if layout is PosterLayout.LETTER and not subject.tellings:
        return PosterLayout.TITLE
    return layout


def draft(
    context: RenderContext,
    subject: Subject,
    shape: Shape,
    fonts: Fonts,
    ceiling: Ceiling,
    wanted: PosterLayout | None = None,
) -> tuple[Draft | None, list[Problem]]:
    """Return the draft of a poster and its problems. The draft is None if a problem keeps it from being made."""
    address = address_of(context, subject)
    if address is None:
        return None, unreachable(context, sheet=False)
    layout = layout_for(context, subject, wanted)
    shown, found = consented(context, subject, _order(layout, shape))
    symbol = make_symbol(address)
    dots = max(_FEWEST_DOTS, _CODE_ROOM // symbol.side)
    if dots * symbol.side > _CODE_MOST:
        found.append(problem("poster-code-room", subject.place, value=subject.key, address=address))
    pictures = tuple(_pictures(context, shown))
    data = _data(context, shown, shape, layout, symbol, dots, pictures)
    brand = context.library.brand
    records = [*subject.records, brand]
    found += missing_in(records, _words(data), fonts, subject.place)
    found += thin_in(data["name"], fonts, subject.place)
    if fatal(found, strict=False):
        return None, found
    key = _key(data, pictures, address, ceiling, fonts)
    made = Draft(
        subject=shown,
        shape=shape,
        data=data,
        pictures=pictures,
        address=address,
        ceiling=ceiling,
        key=key,
    )
    return made, found


def _order(layout: PosterLayout, shape: Shape) -> tuple[str, ...]:
    """Return the lengths of tellings that a layout tries, in this order. TITLE has little text, LETTER has most."""
    if layout is PosterLayout.TITLE:
        return ("short", "medium")
    long = shape.height > 1.6 * shape.width
    if layout is PosterLayout.PICTURE:
        return ("medium", "short") if long else ("short", "medium")
    return ("long", "medium", "short") if long else ("medium", "short", "long")


def consented(
    context: RenderContext, subject: Subject, order: Sequence[str]
) -> tuple[Subject, list[Problem]]:
    """Return the subject with only those tellings, in `order`, that name nobody without consent to advertising.

    A problem is returned for such a person in the name of the subject, and if no telling remains.
    """
    found = []
    what, what_en = named(context, subject.name)
    if what:
        said = {"value": subject.key, "what": what, "what_en": what_en}
        found.append(problem("poster-name-of", subject.place, **said))
    by_length = {each.length: each for each in subject.tellings}
    given = [by_length[each] for each in order if each in by_length]
    kept = tuple(each for each in given if not named(context, each.words)[0])
    if given and not kept:
        what, what_en = named(context, given[-1].words)
        said = {"value": subject.key, "what": what, "what_en": what_en}
        found.append(problem("poster-telling-of", given[-1].place, **said))
    line = "" if named(context, subject.line)[0] else subject.line
    return replace(subject, tellings=kept, line=line), found


def _pictures(context: RenderContext, subject: Subject) -> Iterator[tuple[str, Media]]:
    library = context.library
    brand = library.brand
    given = (
        ("picture", subject.picture),
        ("seal", library.picture(brand.seal, "picture") if brand.seal else None),
        ("motif", library.picture(brand, "motif")),
        ("border", library.picture(brand, "border")),
    )
    return ((name, media) for name, media in given if media is not None)


_COLOURS = ("page", "sand", "line", "ink", "muted", "action", "fine", "wait", "card")


def _data(
    context: RenderContext,
    subject: Subject,
    shape: Shape,
    layout: PosterLayout,
    symbol: Symbol,
    dots: int,
    pictures: Sequence[tuple[str, Media]],
) -> dict[str, Any]:
    """Return the data for the template."""
    brand, files = context.library.brand, {name: _file(name, media) for name, media in pictures}
    border = dict(pictures).get("border")
    return {
        "width": shape.width,
        "height": shape.height,
        "layout": layout.key,
        "colours": _colours(context.palette),
        "name": subject.name,
        "parts": title_parts(subject.name),
        "title": [_tokens(each) for each in title_columns(subject.name)],
        "line": subject.line,
        "facts": subject.facts,
        "state": subject.state,
        "tellings": [
            {"words": each.words, "tokens": _tokens(tokens(each.words))}
            for each in subject.tellings
        ],
        "call": subject.call,
        "spoken": spoken(symbol.address),
        "brand": brand.name,
        "village": brand.village_beside,
        "sample": subject.sample or brand.sample,
        "picture": files.get("picture", ""),
        "art": {
            "seal": files.get("seal", ""),
            "seal_on_page": files.get("seal", ""),
            "seal_text": brand.seal.text if brand.seal else "",
            "motif": files.get("motif", ""),
            "border": files.get("border", ""),
            "border_ratio": border.width / border.height if border else 10.0,
        },
        "symbol": symbol.told(),
        "dots": dots,
    }


def _tokens(given: Sequence[Any]) -> list[dict[str, str]]:
    return [asdict(each) for each in given]


def _colours(palette: Palette) -> dict[str, str]:
    return {role: getattr(palette, role) for role in _COLOURS}


def _words(data: dict[str, Any]) -> str:
    """Return all texts that are set, to check the fonts for their characters."""
    names = ("name", "line", "state", "call", "spoken", "brand", "village")
    parts = [data[name] for name in names] + [data["art"]["seal_text"], *data["facts"]]
    return "".join([*parts, *(each["words"] for each in data["tellings"])])


def _file(name: str, media: Media) -> str:
    return f"{name}.svg" if media.is_drawing else f"{name}.png"


def _key(
    data: dict[str, Any],
    pictures: Sequence[tuple[str, Media]],
    address: str,
    ceiling: Ceiling,
    fonts: Fonts,
) -> str:
    """Return the cache key: a digest of everything that decides the bytes."""
    versions = [version("typst"), version("Pillow"), recipe(), *map(_folder_digest, fonts.folders)]
    told = [_RECIPE, data, [media.digest for _, media in pictures], address, ceiling, versions]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=asdict)
    return "poster/" + hashlib.sha256(text.encode()).hexdigest()


@remembered
def _folder_digest(folder: str) -> str:
    files = sorted(file for file in Path(folder).iterdir() if file.is_file())
    return hashlib.sha256(
        b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)
    ).hexdigest()


# --- making ----------------------------------------------------------------------------------------


class NotRead(Exception):
    """The code of a finished poster could not be read."""


def make(
    draft: Draft, fonts: Fonts, cache: Cache, done: bytes | None = None
) -> tuple[Poster | None, list[Problem]]:
    """Return the poster of a draft and its problems. The poster is None if it could not be made.

    `done` is the result of `rendered`, if a worker process has already made it.
    """
    try:
        facts, content = cache.made(draft.key, lambda: done or rendered(draft, fonts), unpacked)
    except DamagedPhoto as error:
        place = Location(dict(draft.pictures)["picture"].path)
        why = {"why": "文件坏了，打不开", "why_en": str(error)}
        return None, [problem("picture-unreadable", place, value=place.path, **why)]
    except NotRead:
        unread = {"count": 1, "failed": 1, "value": draft.subject.key}
        return None, [problem("paper-unread", draft.subject.place, **unread)]
    told = [_problem_of(fact, draft) for fact in facts]
    found = [each for each in told if each is not None]
    if fatal(found, strict=False):
        return None, found
    return Poster(draft.subject, draft.shape, content, draft.ending), found


def unpacked(stored: bytes) -> tuple[list[dict[str, Any]], bytes]:
    """Split a cached value into the template's reports and the picture. Raises ValueError if it is damaged."""
    head, _, content = stored.partition(b"\n")
    return msgspec.json.decode(head, type=list[dict[str, Any]]), picture_bytes(content)


def rendered(draft: Draft, fonts: Fonts) -> bytes:
    """Render a poster. Returns the template's reports as one line of JSON, followed by the picture.

    Raises DamagedPhoto if a photo cannot be read, and NotRead if the code cannot be read back.
    """
    files = {_file(name, media): _shown(name, media, draft) for name, media in draft.pictures}
    document = typeset("poster", draft.data, fonts, files)
    told = document.told()
    content = encoded(document.pictures(72)[0], draft.ending, draft.ceiling)
    fits = not any(fact["kind"] in _REQUIRED_PARTS for fact in told)
    if fits and codes_of(content) != [draft.address]:
        raise NotRead
    return json.dumps(told, ensure_ascii=False).encode() + b"\n" + content


def _shown(name: str, media: Media, draft: Draft) -> bytes:
    """Return a drawing unchanged, or a photo as a smaller PNG, upright, in sRGB and without metadata."""
    raw = media.read()
    if media.is_drawing:
        return raw
    size = (draft.shape.width, draft.shape.height) if name == "picture" else (480, 480)
    photo = decoded(raw, scale_of(media.width, media.height, [RenditionOrder(*size, 0, "jpeg")]))
    small = photo.picture.copy()
    small.thumbnail((size[1] * 2, size[1] * 2))
    out = BytesIO()
    small.save(out, "PNG", compress_level=1)
    return out.getvalue()


_REQUIRED_PARTS = ("name", "words", "facts")
"""Parts of a poster that must fit. If one does not, there is no poster."""


def _problem_of(fact: dict[str, Any], draft: Draft) -> Problem | None:
    subject, shape = draft.subject, draft.shape
    size = f"{shape.width} × {shape.height}"
    if fact["kind"] in _REQUIRED_PARTS:
        place = subject.place
        return problem("poster-name-room", place, value=subject.name, size=size)
    if fact["kind"] == "telling" and fact["taken"] < 0 and subject.tellings:
        place = subject.tellings[-1].place
        return problem("poster-telling-dropped", place, value=subject.key, size=size)
    return None
