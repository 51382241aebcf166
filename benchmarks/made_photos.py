"""Generates photos for measuring, with a fixed seed, and with light, colours and grain like those of a phone."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

from PIL import Image, ImageChops

WIDTH, HEIGHT = 1200, 900
"""Size in pixels, as large as a page needs. The cost of a 12-megapixel original is measured elsewhere."""


class Photos:
    """A number of different photos, kept in a folder and put into place by hard links."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._count = count
        for number in range(count):
            folder.mkdir(parents=True, exist_ok=True)
            photo(number).save(folder / f"{number}.jpg", "JPEG", quality=88)

    def __bool__(self) -> bool:
        return self._count > 0

    def put(self, number: int, target: Path) -> None:
        """Put photo `number` (they repeat) at `target`; do nothing if there are no photos."""
        if not self:
            return
        source = self._folder / f"{number % self._count}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)

    def clear(self) -> None:
        """Remove the folder. The photos that were put into place stay."""
        shutil.rmtree(self._folder, ignore_errors=True)


def photo(number: int) -> Image.Image:
    """Return a photo of large colour fields, edges and grain, so that it is hard enough to compress."""
    chance = random.Random(f"photo {number}")
    fields = _noise(chance, 8, 6, 40, 225)
    edges = _noise(chance, 120, 90, 96, 160)
    grain = _noise(chance, 600, 450, 116, 140)
    return ImageChops.add(ImageChops.add(fields, edges, 1, -128), grain, 1, -128)


def _noise(chance: random.Random, width: int, height: int, low: int, high: int) -> Image.Image:
    """Return random colours between two levels on a coarse grid, enlarged to the photo's size."""
    steps = bytes(low + value * (high - low) // 255 for value in range(256))
    raw = chance.randbytes(width * height * 3).translate(steps)
    small = Image.frombytes("RGB", (width, height), raw)
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
