"""Pictures of pages: in the right size, within a limit in bytes, without metadata of the camera.

A drawing (SVG) is published unchanged. A bitmap becomes WebP with a JPEG fallback: its orientation is applied, its
colours are converted to sRGB, and only pixels are copied, so that EXIF, GPS, comments and embedded thumbnails are
lost. The highest quality within the limit is searched for (`design.md` §7).

A page needs only a picture's address and size, which do not depend on its bytes. So `show` only records an order, and
`finish` carries out all orders: each photo is decoded once, several photos in parallel.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from xiangji import urls
from xiangji.cache import Cache
from xiangji.images.hints import PhotoUse, lint
from xiangji.images.renditions import RenditionOrder
from xiangji.images.worker import PhotoJob, PhotoResult, Progress, process
from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.readers.media.pictures import Media
from xiangji.render.outputs import Artifact


class PictureRole(Struct, frozen=True):
    """A place for pictures on pages, with its sizes.

    Each size is the width in pixels, the height (None: proportional), and the limit in bytes.
    """

    name: str
    sizes: tuple[tuple[int, int | None, int], ...]
    formats: tuple[str, ...] = ("webp", "jpeg")


HERO = PictureRole("hero", ((750, None, 42_000), (375, None, 16_000)))
STRIP = PictureRole("strip", ((440, 220, 5_400),))
TILE = PictureRole("tile", ((480, 288, 14_000),))
PORTRAIT = PictureRole("portrait", ((640, 640, 25_000), (320, 320, 9_000)))
CARD = PictureRole("card", ((240, 240, 7_500),))
THUMB = PictureRole("thumb", ((120, 120, 2_800),))
"""For lists and the catalogue, where pictures are shown at 72 to 76 px.

A browser loads about fifteen of them before a visitor scrolls, so together they must fit into the first view's
budget.
"""
SHARE = PictureRole("share", ((1200, 630, 120_000),), ("jpeg",))

_HEIGHT_LIMIT = 4
"""Maximum height of a proportional picture, as a multiple of the role's width.

A chat log of a metre would be too long to scroll past, and WebP ends at 16,383 pixels.
"""


class ShownPicture(Struct, frozen=True):
    """A picture as a template needs it: addresses relative to the page, and the exact size in pixels."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int
    alt: str


class _FileOrder(Struct, frozen=True):
    """One file that a page ordered."""

    order: RenditionOrder
    role: PictureRole


class _OrderedPhoto(Struct):
    """One source photo, and the orders for it by address."""

    media: Media
    wishes: dict[str, _FileOrder] = field(default_factory=dict)

    @property
    def orders(self) -> tuple[RenditionOrder, ...]:
        return tuple(sorted({wish.order for wish in self.wishes.values()}))


class Pictures:
    """Takes orders for pictures, and makes the ordered files."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._artifacts: dict[str, Artifact] = {}
        self._drawings: dict[str, Media] = {}
        self._photos: dict[str, _OrderedPhoto] = {}
        self._unfinished = False
        self._problems: tuple[Problem, ...] = ()

    def show(self, media: Media, role: PictureRole, page: str, alt: str = "") -> ShownPicture:
        """The picture for `media` in `role` on the page at address `page`. Its files are made later, by `finish`."""
        if media.is_drawing:
            address = urls.asset(f"{_stem(media)}.svg")
            self._drawings.setdefault(address, media)
            src = urls.relative(address, page)
            return ShownPicture(src, "", "", media.width, media.height, alt)
        made = {form: self._ordered(media, role, form) for form in role.formats}
        address, width, height = made["jpeg"][0]

        def several(items: list[tuple[str, int, int]]) -> str:
            if len(items) == 1:
                return urls.relative(items[0][0], page)
            return ", ".join(f"{urls.relative(a, page)} {w}w" for a, w, _ in items)

        return ShownPicture(
            urls.relative(address, page),
            several(made["jpeg"]) if len(made["jpeg"]) > 1 else "",
            several(made["webp"]) if "webp" in made else "",
            width,
            height,
            alt,
        )

    def share(self, media: Media) -> str | None:
        """The address of the JPEG for sharing; None if there is only a drawing."""
        bitmap = media.twin if media.is_drawing else media
        return self._ordered(bitmap, SHARE, "jpeg")[0][0] if bitmap else None

    @property
    def orders(self) -> int:
        """The number of files that have been ordered so far."""
        return len(self._drawings) + sum(len(photo.wishes) for photo in self._photos.values())

    def artifacts(self) -> tuple[Artifact, ...]:
        """Every file that has been ordered so far, sorted by address."""
        self.finish()
        for address, media in self._drawings.items():
            if address not in self._artifacts:
                self._artifacts[address] = Artifact(address, media.read(), media.path)
        return tuple(self._artifacts[uri] for uri in sorted(self._artifacts))

    def finish(
        self, progress: Progress | None = None, threads: int | None = None
    ) -> tuple[Problem, ...]:
        """Make all ordered files, and return the problems of their photos.

        Files and problems do not depend on `threads`, on the sequence of orders, or on the content of the cache.
        """
        if not self._unfinished:
            return self._problems
        photos = [self._photos[digest] for digest in sorted(self._photos)]
        jobs = [PhotoJob(photo.media, photo.orders) for photo in photos]
        results = process(jobs, self.cache, progress, threads)
        self._problems = tuple(
            told
            for photo, result in zip(photos, results, strict=True)
            for told in self._deliver(photo, result)
        )
        self._unfinished = False
        return self._problems

    def _deliver(self, photo: _OrderedPhoto, result: PhotoResult) -> Iterator[Problem]:
        """Keep the files of a photo, and return its problems."""
        media = photo.media
        if result.facts is None:
            why, why_en = result.why
            place = Location(media.path)
            yield problem("picture-unreadable", place, value=media.path, why=why, why_en=why_en)
            return
        uses = []
        for address, wish in photo.wishes.items():
            made = result.made[wish.order]
            self._artifacts[address] = Artifact(address, made.content, media.path)
            width, height, _ = wish.role.sizes[0]
            uses.append(PhotoUse(wish.role.name, width, height, wish.order, made))
        yield from lint(media.path, media.width, media.height, result.facts, uses)

    def _ordered(self, media: Media, role: PictureRole, form: str) -> list[tuple[str, int, int]]:
        """Order a picture in all sizes of a role. Returns address, width and height of each, largest first.

        Sizes that are equal for a small photo become one file, with the lowest of their limits.
        """
        self._unfinished = True
        photo = self._photos.setdefault(media.digest, _OrderedPhoto(media))
        # A photo with two names gets its hints only once, under the first name.
        if media.path < photo.media.path:
            photo.media = media
        ending = "jpg" if form == "jpeg" else form
        found: dict[str, tuple[str, int, int]] = {}
        for wide, high, ceiling in role.sizes:
            width, height = _fitted(media, wide, high)
            name = f"{_stem(media)}-{role.name}-{width}x{height}.{ending}"
            address = urls.asset(name)
            order = RenditionOrder(width, height, ceiling, form)
            before = photo.wishes.get(address)
            if before is None or ceiling < before.order.ceiling:
                photo.wishes[address] = _FileOrder(order, role)
            found[address] = (address, width, height)
        return list(found.values())


def _stem(media: Media) -> str:
    """A name from the content's digest, which does not reveal the file's own name."""
    return media.digest[:16]


def _fitted(media: Media, width: int, height: int | None) -> tuple[int, int]:
    """The size to make in pixels, never larger than the source."""
    if height is None:
        scale = min(1.0, width / media.width, _HEIGHT_LIMIT * width / media.height)
        return max(1, round(media.width * scale)), max(1, round(media.height * scale))
    scale = min(1.0, media.width / width, media.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
