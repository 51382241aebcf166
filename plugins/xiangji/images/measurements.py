"""Measures what can be measured on a photo without knowing its subject: light, sharpness, sky.

All is measured on a copy with a long side of 512 pixels. So the numbers mean the same for every camera, and details
that are not visible on a page do not count.
"""

from __future__ import annotations

import json
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from xiangji.images.renditions import DecodedPhoto

if TYPE_CHECKING:
    from PIL import Image

FACTS = 2
"""Version of the measurements. It is part of the cache key, and is raised when a measurement changes."""
_LONG_SIDE = 512
_TILES = 12
_STRETCH_LIMIT = 4.0
"""Maximum factor of the contrast stretch.

Fog and dusk lower contrast, and with it every measure of sharpness, so contrast is stretched first. With a higher
factor, sensor noise would count as detail.
"""
_MANY_COLOURS = 2000
"""Colours in a sample of 65,536 pixels from which a picture counts as a photo.

Photos have 9,900 to 48,000 (25 tried), the demo's drawings 151 to 160, a shaded logo 1,280.
"""


class PhotoFacts(Struct, frozen=True):
    """The measurements of one photo. Light is 0 (black) to 255; shares are 0 to 1."""

    photograph: bool
    """Whether it is a photo and not a drawing, a chart or a screenshot."""
    orientation: int
    """EXIF orientation, 1 to 8; 0 if the file has none. 3 and 4 mean that the phone was upside down."""
    light: tuple[int, int, int, int, int]
    """The 5th, 25th, 50th, 75th and 95th percentile of light."""
    blown: float
    """Share of pixels that are plain white."""
    unblown: int
    """The median light of all other pixels."""
    rim: float
    """Share of pixels at the rim that are nearly white, as on a sheet of paper or a cut-out."""
    sharpness: int
    """Variance of the second derivative, in the direction where it is lowest.

    It is the 95th percentile of the tiles.
    """
    top_light: int
    bottom_light: int
    """Mean light of the upper and the lower third."""
    top_sky: float
    bottom_sky: float
    """Share of the upper and the lower third that is bright, blue and smooth."""
    side_light: tuple[int, int] = (0, 0)
    """Mean light of the left and the right third."""
    side_sky: tuple[float, float] = (0.0, 0.0)
    """Share of the left and the right third that is bright, blue and smooth."""

    def packed(self) -> bytes:
        """The form in which the cache stores it."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @staticmethod
    def unpacked(stored: bytes) -> PhotoFacts:
        """The inverse of `packed`. Raises ValueError if the bytes do not fit."""
        return msgspec.json.decode(stored, type=PhotoFacts)


def measure(photo: DecodedPhoto, form: str) -> PhotoFacts:
    """The facts of a photo. `form` is the format of its file: `jpeg`, `png`, `webp` or `heif`."""
    small = _small(photo.picture)
    grey = small.convert("L")
    blown, unblown = _blown(grey)
    thirds = _thirds(small), _thirds(grey)
    edges = _edges(grey)
    sides = [_sides(each) for each in (small, grey, edges)]
    return PhotoFacts(
        photograph=form in ("jpeg", "heif") or photo.colours >= _MANY_COLOURS,
        orientation=photo.orientation,
        light=_light(grey),
        blown=blown,
        unblown=unblown,
        rim=_rim(grey),
        sharpness=_sharpness(_stretched(grey)),
        top_light=_mean(thirds[1][0]),
        bottom_light=_mean(thirds[1][1]),
        top_sky=_sky(thirds[0][0], _thirds(edges)[0]),
        bottom_sky=_sky(thirds[0][1], _thirds(edges)[1]),
        side_light=(_mean(sides[1][0]), _mean(sides[1][1])),
        side_sky=(_sky(sides[0][0], sides[2][0]), _sky(sides[0][1], sides[2][1])),
    )


def _small(picture: Image.Image) -> Image.Image:
    from PIL import Image

    scale = min(1.0, _LONG_SIDE / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _percentile(histogram: list[int], share: float) -> int:
    """The value at or below which the given share of the pixels lies."""
    wanted = share * sum(histogram)
    seen = 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= wanted and seen:
            return value
    return 255


def _light(grey: Image.Image) -> tuple[int, int, int, int, int]:
    counts = grey.histogram()
    low, quarter, half, most, high = (
        _percentile(counts, share) for share in (0.05, 0.25, 0.5, 0.75, 0.95)
    )
    return low, quarter, half, most, high


def _blown(grey: Image.Image) -> tuple[float, int]:
    counts = grey.histogram()
    share = sum(counts[250:]) / sum(counts)
    return round(share, 3), _percentile(counts[:250], 0.5) if share < 1 else 255


def _rim(grey: Image.Image) -> float:
    """The share of nearly white pixels in the outer twentieth on each side."""
    across, down = max(1, grey.width // 20), max(1, grey.height // 20)
    whole = grey.histogram()
    inner = (across, down, max(across, grey.width - across), max(down, grey.height - down))
    inside = grey.crop(inner).histogram()
    rim = [all_of - inner_of for all_of, inner_of in zip(whole, inside, strict=True)]
    return round(sum(rim[235:]) / max(1, sum(rim)), 3)


def _mean(grey: Image.Image) -> int:
    counts = grey.histogram()
    return round(sum(value * count for value, count in enumerate(counts)) / max(1, sum(counts)))


def _stretched(grey: Image.Image) -> Image.Image:
    counts = grey.histogram()
    low, high = _percentile(counts, 0.02), _percentile(counts, 0.98)
    gain = min(_STRETCH_LIMIT, max(1.0, 220 / max(1, high - low)))
    middle = (low + high) / 2
    return grey.point([min(255, max(0, round((v - middle) * gain + 127.5))) for v in range(256)])


_DIRECTIONS = (
    ((0, 0, 0, 1, -2, 1, 0, 0, 0), 1.0),
    ((0, 1, 0, 0, -2, 0, 0, 1, 0), 1.0),
    # Diagonal neighbours are farther apart, so the same picture differs more between them.
    ((1, 0, 0, 0, -2, 0, 0, 0, 1), 0.5),
    ((0, 0, 1, 0, -2, 0, 1, 0, 0), 0.5),
)
"""Second derivatives in four directions. Together they are a Laplacian; a shaking hand blurs in one direction only."""


def _sharpness(grey: Image.Image) -> int:
    """The sharpness of the 95th percentile of the tiles, in the direction where it is lowest.

    Tiles are used because a sharp jar before a smooth wall is a sharp photo. The sharpest tile is not used, because a
    phone may print a sharp date on a blurred photo.
    """
    from PIL import ImageFilter

    directions = []
    for numbers, weight in _DIRECTIONS:
        # Halved and offset, so that positive and negative values fit into a byte.
        edges = grey.filter(ImageFilter.Kernel((3, 3), numbers, scale=2, offset=128))
        # The filter leaves the outermost pixels unchanged.
        inner = edges.crop((1, 1, max(2, grey.width - 1), max(2, grey.height - 1)))
        found = sorted(_strength(tile) * weight for tile in _tiles(inner))
        directions.append(found[int(len(found) * 0.95)])
    return round(min(directions))


def _tiles(picture: Image.Image) -> list[Image.Image]:
    xs = [picture.width * n // _TILES for n in range(_TILES + 1)]
    ys = [picture.height * n // _TILES for n in range(_TILES + 1)]
    return [
        picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
        for left, right in pairwise(xs)
        for top, bottom in pairwise(ys)
    ]


_SQUARES = [4 * (value - 128) ** 2 for value in range(256)]


def _strength(tile: Image.Image) -> float:
    """The mean square of a filtered tile, with `scale` and `offset` of the filter undone."""
    total: int = sum(map(mul, tile.histogram(), _SQUARES))
    return total / (tile.width * tile.height)


def _thirds(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """The upper and the lower third."""
    third = max(1, picture.height // 3)
    return (
        picture.crop((0, 0, picture.width, third)),
        picture.crop((0, picture.height - third, picture.width, picture.height)),
    )


def _sides(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """The left and the right third."""
    third = max(1, picture.width // 3)
    return (
        picture.crop((0, 0, third, picture.height)),
        picture.crop((picture.width - third, 0, picture.width, picture.height)),
    )


def _edges(grey: Image.Image) -> Image.Image:
    """The roughness around each pixel: the range of light in the 5 by 5 pixels around it."""
    from PIL import ImageChops

    lowest = ImageChops.invert(_lightest(ImageChops.invert(grey)))
    return ImageChops.subtract(_lightest(grey), lowest)


def _lightest(grey: Image.Image) -> Image.Image:
    """The maximum in the 5 by 5 pixels around each pixel.

    Pillow's own filter sorts them, which takes ten times as long. Pixels outside the picture count as black.
    """
    from PIL import ImageChops

    width, height = grey.size
    for across, down in ((1, 0), (0, 1)):
        rows = grey
        for step in (-2, -1, 1, 2):
            left, top = step * across, step * down
            moved = rows.crop((left, top, left + width, top + height))
            grey = ImageChops.lighter(grey, moved)
    return grey


def _sky(part: Image.Image, edges: Image.Image) -> float:
    """The share of `part` that is bright, blue and smooth.

    White and grey skies do not count, because a tablecloth, snow and fog look the same.
    """
    from PIL import ImageChops

    red, green, blue = part.split()
    bluer = ImageChops.subtract(blue, red).point([255 * (v >= 25) for v in range(256)])
    not_green = ImageChops.subtract(blue, green).point([255 * (v >= 4) for v in range(256)])
    bright = blue.point([255 * (v >= 150) for v in range(256)])
    smooth = edges.point([255 * (v <= 14) for v in range(256)])
    both = ImageChops.multiply(ImageChops.multiply(bluer, not_green), bright)
    marked = ImageChops.multiply(both, smooth)
    return round(marked.histogram()[255] / (part.width * part.height), 3)
