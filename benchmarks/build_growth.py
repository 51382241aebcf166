"""Measures how the cost of a build grows with one thing: villages with many of it, with a tenth, and without.

If the CPU time for each item grows with their number, a growing village waits longer for every item that it has.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from PIL import Image

from build_cases import Say
from build_checks import Lacking
from made_photos import photo
from peer_xiangji import Xiangji
from spending import Failed, Spent, middle, spend
from village import HEADER, write_village
from village_facts import read_village
from village_telling import write_telling
from village_together import write_together

BATCHES = 20
"""The number of batches of every village here."""
MEGAPIXELS = (4000, 3000)
"""Width and height in pixels of a photo as a phone takes it (12 megapixels)."""


class Write(Protocol):
    """A function that writes a village into a folder, with `count` of the thing that grows."""

    def __call__(self, folder: Path, count: int) -> None: ...


def _plain(folder: Path, makers: int = 2, stories: int = 1, products: int = 2) -> None:
    write_village(folder, products, BATCHES, makers, stories)


def _stories(folder: Path, count: int) -> None:
    _plain(folder, stories=count)


def _products(folder: Path, count: int) -> None:
    _plain(folder, products=count)


def _people(folder: Path, count: int) -> None:
    """Write people, and as many households."""
    _plain(folder, makers=count)


def _chain(folder: Path, count: int) -> None:
    """Write a product in which each lot used the one before it."""
    _plain(folder)
    rows = [HEADER]
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number * 300 // count)
        used = f"p0000/L{number - 1:05}" if number else ""
        rows.append(f"L{number:05},{day},500 克装,100 袋,正常,{used},县城超市,,,,,,是")
    (folder / "products" / "p0000" / "batches.csv").write_text("\n".join(rows) + "\n", "utf-8")


def _services(folder: Path, count: int) -> None:
    """Write services, with the volunteers and courses that belong to as many."""
    _plain(folder)
    write_together(folder, count)


def _videos(folder: Path, count: int) -> None:
    """Write videos and livestreams, with as many sellers and products as belong to them: 147 and 1,000 to 2,000."""
    products = max(2, count // 2)
    _plain(folder, makers=max(2, 147 * count // 2_000), products=products)
    write_telling(folder, count, products)


def _photos(folder: Path, count: int) -> None:
    """Write products with a photo each, all different."""
    _plain(folder, products=max(2, count))
    for number in range(count):
        product = folder / "products" / f"p{number:04}"
        (product / "media").mkdir()
        large = photo(number).resize(MEGAPIXELS, Image.Resampling.BILINEAR)
        large.save(product / "media" / "picture.jpg", "JPEG", quality=88)
        with (product / "product.yml").open("a", encoding="utf-8") as out:
            out.write("图片: media/picture.jpg\n图片说明: 测量用的照片\n")


@dataclass(frozen=True, slots=True)
class Growing:
    """One thing that a village may have many of.

    `write` makes a village with a given number of it; `pages` is the glob pattern of its pages.
    """

    key: str
    title: str
    many: int
    write: Write
    pages: str

    @property
    def tenth(self) -> int:
        return max(2, self.many // 10)


GROWING = (
    Growing("stories", "stories", 1_000, _stories, "stories/*"),
    Growing("products", "products", 5_000, _products, "products/*"),
    Growing("people", "people", 1_000, _people, "people/*"),
    Growing("chain", "lots, each made of the one before", 1_000, _chain, "t/p0000/*"),
    Growing("services", "services, with volunteers and courses", 1_000, _services, "services/*"),
    Growing("videos", "videos, with livestreams, sellers and products", 2_000, _videos, "videos/*"),
    Growing("photos", "photos of 12 megapixels", 100, _photos, "products/*"),
)


@dataclass
class Grown:
    """The measured builds from nothing, one value for each round."""

    growing: Growing
    counts: tuple[int, int]
    """The numbers of things in the smaller and the larger village."""
    spent: dict[int, list[Spent]] = field(default_factory=dict)
    """By the number of things; 0 for a village that has next to none."""
    failed: str = ""

    def of(self, count: int) -> Spent | None:
        """Return the medians of the village with this number of things."""
        taken = self.spent.get(count)
        return middle(taken) if taken and not self.failed else None

    @property
    def ratio(self) -> float | None:
        """The CPU time for each thing in the larger village, divided by that in the smaller one."""
        few, many = (self.of(count) for count in self.counts)
        return many.cpu / self.counts[1] / (few.cpu / self.counts[0]) if few and many else None

    @property
    def steep(self) -> float | None:
        """The same without the CPU time of a village that has none.

        That share is divided among many things, so it would hide a quadratic growth.
        """
        none, few, many = (self.of(count) for count in (0, *self.counts))
        if not (none and few and many) or min(few.cpu, many.cpu) <= none.cpu:
            return None
        each = [
            (spent.cpu - none.cpu) / n for spent, n in zip((few, many), self.counts, strict=True)
        ]
        return each[1] / each[0]


def grow(
    several: Iterable[Growing],
    part: int,
    rounds: int,
    folder: Path,
    say: Say,
    kind: type[Xiangji] = Xiangji,
) -> dict[str, Grown]:
    """Build the villages of each thing in turns. All numbers are divided by `part`, for a quick trial."""
    folder.mkdir(exist_ok=True)
    none = _village(folder / "none", _plain, kind)
    found = {}
    for growing in several:
        many = max(4, growing.many // part)
        grown = Grown(growing, (max(2, many // 10), many))
        place = folder / growing.key
        place.mkdir()
        peers = {0: none} | {
            n: _village(place / f"{n}", partial(growing.write, count=n), kind) for n in grown.counts
        }
        for turn in range(1, rounds + 1):
            for count, peer in peers.items():
                _measure(grown, peer, count, place / f"before-{count}-{turn}", say)
        found[growing.key] = grown
    return found


def _village(folder: Path, write: Callable[[Path], None], kind: type[Xiangji]) -> Xiangji:
    """Write a village without building it."""
    source = folder / "source"
    write(source)
    peer = kind(folder / kind.key)
    peer.folder.mkdir()
    peer.write(source, read_village(source))
    return peer


def _measure(grown: Grown, peer: Xiangji, count: int, before: Path, say: Say) -> None:
    """Measure one build from nothing. Earlier output is moved into the folder `before`."""
    if grown.failed:
        return
    peer.forget(before)
    os.sync()
    try:
        spent = spend(peer.command, peer.folder, peer.environment)
        there = sum(1 for _ in peer.out.glob(f"{grown.growing.pages}/index.html"))
        if there < count:
            raise Lacking(f"{there} pages of {count} {grown.growing.title}")
    except (Failed, Lacking) as failure:
        grown.failed = str(failure)
        say(f"left out: {failure}")
        return
    grown.spent.setdefault(count, []).append(spent)
    say(f"{count:,} {grown.growing.title}: CPU {spent.cpu:.2f} s, {spent.memory / 2**20:.0f} MiB")
