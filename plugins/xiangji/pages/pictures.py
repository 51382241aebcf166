"""Pictures for pages: the right size, inside a byte ceiling, with nothing of the camera left.

A drawing is served as it is. A bitmap becomes WebP with a JPEG fallback; orientation is applied,
colour converted to sRGB, and only pixels are copied, so that EXIF, GPS, comments and embedded
thumbnails stay behind. Quality is searched for, largest first, until the ceiling holds (`design.md` §7).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from xiangji import urls
from xiangji.cache import Cache
from xiangji.pages.output import Artifact
from xiangji.sources.media import Media

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Role:
    """Where a picture stands. Each size is (width, height or None for the picture's own shape,
    ceiling in bytes)."""

    name: str
    sizes: tuple[tuple[int, int | None, int], ...]
    formats: tuple[str, ...] = ("webp", "jpeg")


HERO = Role("hero", ((750, None, 42_000), (375, None, 16_000)))
STRIP = Role("strip", ((600, 300, 7_000),))
TILE = Role("tile", ((480, 288, 14_000),))
CARD = Role("card", ((240, 240, 7_500),))
SHARE = Role("share", ((1200, 630, 120_000),), ("jpeg",))

_QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26, 18, 10)
_SOFTNESS = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a template needs it: addresses relative to the page, and the exact size."""

    src: str
    srcset: str
    webp: str
    width: int
    height: int
    alt: str


class Pictures:
    """Makes pictures on demand and remembers which files the site needs for them."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._artifacts: dict[str, Artifact] = {}

    def artifacts(self) -> tuple[Artifact, ...]:
        """Every file that was asked for so far, by name."""
        return tuple(self._artifacts[uri] for uri in sorted(self._artifacts))

    def show(self, media: Media, role: Role, page: str, alt: str = "") -> Shown:
        """`media` in `role` on the page at address `page`."""
        if media.is_drawing:
            address = self._keep(media, f"{_stem(media)}.svg", media.read())
            src = urls.relative(address, page)
            return Shown(src, "", "", media.width, media.height, alt)
        made = {f: [self._make(media, role, s, f) for s in role.sizes] for f in role.formats}
        address, width, height = made["jpeg"][0]

        def several(items: list[tuple[str, int, int]]) -> str:
            return ", ".join(f"{urls.relative(a, page)} {w}w" for a, w, _ in items)

        return Shown(
            urls.relative(address, page),
            several(made["jpeg"]) if len(role.sizes) > 1 else "",
            several(made["webp"]) if "webp" in made else "",
            width,
            height,
            alt,
        )

    def share(self, media: Media) -> str | None:
        """The address of a share picture (JPEG), or None when there is only a drawing."""
        bitmap = media.twin if media.is_drawing else media
        return self._make(bitmap, SHARE, SHARE.sizes[0], "jpeg")[0] if bitmap else None

    def _make(
        self, media: Media, role: Role, size: tuple[int, int | None, int], form: str
    ) -> tuple[str, int, int]:
        """Address, width and height of one derivative."""
        width, height = _fitted(media, size[0], size[1])
        key = f"picture/{media.digest}/{role.name}/{width}x{height}/{size[2]}/{form}"
        content = self._cache.made(key, lambda: _encode(media, width, height, size[2], form))
        ending = "jpg" if form == "jpeg" else form
        name = f"{_stem(media)}-{role.name}-{width}.{ending}"
        return self._keep(media, name, content), width, height

    def _keep(self, media: Media, name: str, content: bytes) -> str:
        address = urls.asset(name)
        self._artifacts[address] = Artifact(address, content, media.path)
        return address


def _stem(media: Media) -> str:
    """A content-addressed name: says nothing of the file's own name."""
    return media.digest[:16]


def _fitted(media: Media, width: int, height: int | None) -> tuple[int, int]:
    """The size to make: never larger than the source."""
    if height is None:
        width = min(width, media.width)
        return width, max(1, round(media.height * width / media.width))
    scale = min(1.0, media.width / width, media.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _encode(media: Media, width: int, height: int, ceiling: int, form: str) -> bytes:
    """One derivative inside its ceiling: the best quality that fits; where none does, softened
    until one fits, since a grainy photo is worth less than a page that opens."""
    sharp = _pixels(media, width, height)
    content = b""
    for softness in _SOFTNESS:
        pixels = _softened(sharp, softness)
        for quality in _QUALITIES:
            content = _bytes_of(pixels, quality, form)
            if len(content) <= ceiling:
                return content
    return content


def _softened(picture: Image.Image, times: int) -> Image.Image:
    """A picture of the same size with so many times less detail each way."""
    from PIL import Image

    if times == 1:
        return picture
    size = (max(1, picture.width // times), max(1, picture.height // times))
    small = picture.resize(size, Image.Resampling.BOX)
    return small.resize(picture.size, Image.Resampling.BICUBIC)


def _bytes_of(picture: Image.Image, quality: int, form: str) -> bytes:
    out = BytesIO()
    if form == "webp":
        picture.save(out, "WEBP", quality=quality, method=4)
    else:
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _pixels(media: Media, width: int, height: int) -> Image.Image:
    """The picture upright, in sRGB, on white, cut to shape, and free of everything but pixels."""
    from PIL import Image, ImageCms, ImageOps

    with Image.open(BytesIO(media.read()), formats=("JPEG", "PNG", "WEBP")) as opened:
        opened.draft("RGB", (width * 2, height * 2))
        picture = ImageOps.exif_transpose(opened)
        profile = picture.info.get("icc_profile")
        if profile and picture.mode in ("RGB", "CMYK", "L"):
            try:
                source = ImageCms.ImageCmsProfile(BytesIO(profile))
                target = ImageCms.createProfile("sRGB")
                picture = (
                    ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
                )
            except ImageCms.PyCMSError:
                pass  # A damaged profile: the plain numbers are the better guess.
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "#FFFFFF")
        flat = Image.alpha_composite(ground, picture).convert("RGB")
    fitted = ImageOps.fit(flat, (width, height), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", fitted.size)
    clean.paste(fitted)
    return clean
