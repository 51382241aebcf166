"""Pictures for pages: the right size, inside a byte ceiling, with nothing of the camera left.

A drawing is served as it is. A bitmap becomes WebP with a JPEG fallback; orientation is applied,
colour converted to sRGB, and only pixels are copied, so that EXIF, GPS, comments and embedded
thumbnails stay behind. Quality is searched for until the ceiling holds (`design.md` §7).

A page needs only a picture's address and size, which do not depend on its bytes. So `show` takes an
order, and `finish` carries all of them out: each photo is decoded once, several at a time.
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
    """Where a picture stands. Each size is (width, height or None for the picture's own shape,
    ceiling in bytes)."""

    name: str
    sizes: tuple[tuple[int, int | None, int], ...]
    formats: tuple[str, ...] = ("webp", "jpeg")


HERO = PictureRole("hero", ((750, None, 42_000), (375, None, 16_000)))
STRIP = PictureRole("strip", ((440, 220, 5_400),))
TILE = PictureRole("tile", ((480, 288, 14_000),))
CARD = PictureRole("card", ((240, 240, 7_500),))
THUMB = PictureRole("thumb", ((120, 120, 2_800),))
"""In lists and the catalogue. A browser fetches some fifteen of them before anybody scrolls: together
they have to stay inside the first view. They stand in 72 to 76 px."""
SHARE = PictureRole("share", ((1200, 630, 120_000),), ("jpeg",))

_TALLEST = 4
"""A picture of its own shape is at most so many times as high as its role is wide: nobody scrolls
past a chat log of a metre, and WebP ends at 16,383 pixels."""


class ShownPicture(Struct, frozen=True):
    """A picture as a template needs it: addresses relative to the page, and the exact size."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int
    alt: str


class _Wish(Struct, frozen=True):
    """One file that a page asked for."""

    order: RenditionOrder
    role: PictureRole


class _Photo(Struct):
    """One source and everything that is asked of it, by address."""

    media: Media
    wishes: dict[str, _Wish] = field(default_factory=dict)

    @property
    def orders(self) -> tuple[RenditionOrder, ...]:
        return tuple(sorted({wish.order for wish in self.wishes.values()}))


class Pictures:
    """Takes orders for pictures and remembers which files the site needs for them."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._artifacts: dict[str, Artifact] = {}
        self._drawings: dict[str, Media] = {}
        self._photos: dict[str, _Photo] = {}
        self._unfinished = False
        self._problems: tuple[Problem, ...] = ()

    def show(self, media: Media, role: PictureRole, page: str, alt: str = "") -> ShownPicture:
        """`media` in `role` on the page at address `page`."""
        if media.is_drawing:
            address = urls.asset(f"{_stem(media)}.svg")
            self._drawings.setdefault(address, media)
            src = urls.relative(address, page)
            return ShownPicture(src, "", "", media.width, media.height, alt)
        made = {form: self._wish(media, role, form) for form in role.formats}
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
        """The address of a share picture (JPEG), or None when there is only a drawing."""
        bitmap = media.twin if media.is_drawing else media
        return self._wish(bitmap, SHARE, "jpeg")[0][0] if bitmap else None

    @property
    def orders(self) -> int:
        """How many files were asked for so far."""
        return len(self._drawings) + sum(len(photo.wishes) for photo in self._photos.values())

    def artifacts(self) -> tuple[Artifact, ...]:
        """Every file that was asked for so far, by name."""
        self.finish()
        for address, media in self._drawings.items():
            if address not in self._artifacts:
                self._artifacts[address] = Artifact(address, media.read(), media.path)
        return tuple(self._artifacts[uri] for uri in sorted(self._artifacts))

    def finish(
        self, progress: Progress | None = None, threads: int | None = None
    ) -> tuple[Problem, ...]:
        """Make what was asked for, and tell what is wrong with the photos. Neither bytes nor
        problems depend on `threads`, on the order of the wishes, or on what the cache held."""
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

    def _deliver(self, photo: _Photo, result: PhotoResult) -> Iterator[Problem]:
        """Keep the files of a photo, and tell what is wrong with it."""
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

    def _wish(self, media: Media, role: PictureRole, form: str) -> list[tuple[str, int, int]]:
        """Address, width and height of each size of a role, largest first. A small photo has fewer
        sizes, and then the lowest ceiling holds."""
        self._unfinished = True
        photo = self._photos.setdefault(media.digest, _Photo(media))
        if media.path < photo.media.path:  # One photo under two names is told once, at the first.
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
                photo.wishes[address] = _Wish(order, role)
            found[address] = (address, width, height)
        return list(found.values())


def _stem(media: Media) -> str:
    """A content-addressed name: says nothing of the file's own name."""
    return media.digest[:16]


def _fitted(media: Media, width: int, height: int | None) -> tuple[int, int]:
    """The size to make: never larger than the source."""
    if height is None:
        scale = min(1.0, width / media.width, _TALLEST * width / media.height)
        return max(1, round(media.width * scale)), max(1, round(media.height * scale))
    scale = min(1.0, media.width / width, media.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
