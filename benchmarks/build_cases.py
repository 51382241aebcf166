"""Runs the builds that are measured: every generator with the same village, in turns, one case after another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from build_checks import Lacking, check_pages, check_site, files_of
from peers import Edit, Peer, sheet_address
from spending import Failed, Spent, middle, spend
from village import write_village
from village_facts import Batch, Story, Village, read_village
from village_variants import quote_values, say_nothing_twice

CASES = ("cold", "first", "unkept", "again", "batch", "story", "template")
TITLES = {
    "cold": "cold",
    "first": "first after an install",
    "unkept": "first, may not write bytecode",
    "again": "nothing changed",
    "batch": "one batch changed",
    "story": "one story changed",
    "template": "one template changed",
}
ANEW = ("cold", "first", "unkept")
"""Cases that build from nothing."""
SMALL = 100
"""The largest village for the cases "first" and "unkept": their extra work is the same for every village."""
KINDS: dict[str, tuple[str, Callable[[Path], None] | None]] = {
    "plain": ("", None),
    "quoted": (", every value quoted", quote_values),
    "own": (", nothing said twice", say_nothing_twice),
}
"""Kinds of villages: the words for the title, and the function that makes one from a plain village."""
SHORT = ("cold", "batch")
"""The cases for villages that are not plain."""
LARGE = 10_000
"""Villages with more batches are built from nothing only, and once."""

REST = 65
"""Seconds to wait: for a minute after a file is removed, ext4 does not reuse its inode."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """The size and kind of a village."""

    batches: int
    products: int
    stories: int = 10
    pictures: int = 0
    kind: str = "plain"

    @property
    def key(self) -> str:
        """The name of the village's folder, and its key in the results."""
        return f"{self.batches}-{self.kind}"

    @property
    def makers(self) -> int:
        return max(2, self.products * 3 // 10)

    @property
    def title(self) -> str:
        photos = f", {self.pictures} photos" if self.pictures else ""
        return f"{self.batches:,} batches, {self.products:,} products{photos}{KINDS[self.kind][0]}"

    def has(self, case: str) -> bool:
        """Whether a case is measured in a village of this size and kind."""
        if case in ("first", "unkept"):
            return self.batches <= SMALL and self.kind == "plain"
        return (case == "cold" or self.batches <= LARGE) and (self.kind == "plain" or case in SHORT)

    def write(self, folder: Path) -> Village:
        """Generate the village, and read its content back."""
        write_village(folder, self.products, self.batches, self.makers, self.stories, self.pictures)
        change = KINDS[self.kind][1]
        if change:
            change(folder)
        return read_village(folder)


@dataclass
class Built:
    """The measured builds of one village. The key of a generator is the first part of each dict key."""

    size: Size
    peers: list[Peer]
    spent: dict[tuple[str, str], list[Spent]] = field(default_factory=dict)
    """By generator and case: one value for each round."""
    output: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Number of files and bytes of a cold build."""
    sheet: dict[str, int] = field(default_factory=dict)
    """Bytes of the HTML page of one batch."""
    failed: dict[str, str] = field(default_factory=dict)
    """The reason why a generator is missing."""

    def of(self, key: str, case: str) -> Spent | None:
        """Return the medians over all rounds; None if there are no values."""
        taken = self.spent.get((key, case))
        return middle(taken) if taken and key not in self.failed else None


def changed_batch(village: Village) -> Batch:
    """Return the batch that is edited: the first one with a file of its own."""
    return village.products[1].batches[0]


def edit(peer: Peer, case: str, village: Village, turn: int) -> Edit:
    """Return the change for a case. `turn` differs each time, so that every change is new."""
    if case == "batch":
        return peer.edit_batch(changed_batch(village), turn)
    if case == "story":
        return peer.edit_story(_changed_story(village), turn)
    return peer.edit_template(changed_batch(village), turn)


def _changed_story(village: Village) -> Story:
    return village.stories[0]


def build_all(
    sizes: dict[Path, tuple[Size, list[type[Peer]]]],
    cases: list[str],
    rounds: int,
    say: Say,
    wake: bool = True,
) -> list[Built]:
    """Build one village for each size, below its folder, with its generators.

    Each case is run `rounds` times, and each round runs one generator after another, so that a machine that is slow for
    a while is slow for all of them. Builds from nothing come first for all sizes: builds after a change replace files,
    and removed files make new files slower for a while.
    """
    several = []
    if any(
        size.batches >= LARGE for size, _ in sizes.values()
    ):  # Other programs may have removed files just before.
        _rest(say)
    for folder, (size, kinds) in sizes.items():
        built, village = _written(folder, size, kinds)
        if wake:
            _wake(built, folder / "first")
        for case in ANEW:
            if case in cases and size.has(case):
                _measure_case(built, case, village, rounds, say)
        several.append((built, village))
    for built, village in several:
        for case in cases:
            if case not in ANEW and built.size.has(case):
                _measure_case(built, case, village, rounds, say)
    return [built for built, _ in several]


def _written(folder: Path, size: Size, kinds: list[type[Peer]]) -> tuple[Built, Village]:
    """Write a village and its sources for each generator. Nothing is built yet."""
    source = folder / "source"
    folder.mkdir()
    village = size.write(source)
    built = Built(size, [kind(folder / kind.key) for kind in kinds])
    for peer in built.peers:
        peer.folder.mkdir()
        peer.write(source, village)
    return built, village


def _measure_case(built: Built, case: str, village: Village, rounds: int, say: Say) -> None:
    for turn in range(1, 2 if built.size.batches > LARGE else rounds + 1):
        for peer in built.peers:
            if peer.key not in built.failed:
                _measure(built, peer, case, village, turn, say)


def _rest(say: Say) -> None:
    """Wait until the file system has forgotten files that were removed before."""
    say(f"rests {REST} s")
    os.sync()
    time.sleep(REST)


def _wake(built: Built, folder: Path) -> None:
    """Build a tiny village with every generator, without counting it.

    This loads each program from the disk, which may have left the page cache while other programs ran.
    """
    first, _ = _written(folder, Size(20, 2, 1), [type(each) for each in built.peers])
    for peer in first.peers:
        try:
            spend(peer.command, peer.folder, peer.environment)
        except Failed as failure:
            built.failed[peer.key] = str(failure)


def _measure(built: Built, peer: Peer, case: str, village: Village, turn: int, say: Say) -> None:
    """Measure one build. A generator that fails is left out from then on, and the report says why."""
    try:
        spent = _build(peer, case, village, turn)
        if case not in ANEW or peer.key in built.output:
            check_pages(peer, village)
        else:
            check_site(peer, village)
            built.output[peer.key] = files_of(peer.out)
            built.sheet[peer.key] = len(peer.page(sheet_address(changed_batch(village))).encode())
    except (Failed, Lacking) as failure:
        built.failed[peer.key] = str(failure)
        say(f"left out: {failure}")
        return
    built.spent.setdefault((peer.key, case), []).append(spent)
    say(
        f"{built.size.title}, round {turn}, {TITLES[case]}: {peer.name} "
        f"{spent.wall:.2f} s, CPU {spent.cpu:.2f} s, {spent.memory / 2**20:.0f} MiB"
    )


def _build(peer: Peer, case: str, village: Village, turn: int) -> Spent:
    change = None
    environment = dict(peer.environment)
    if case in ANEW:
        before = peer.folder.with_name(f"{peer.key}-{case}-{turn}")
        peer.forget(before)
        environment |= unused(before, case)
    elif not peer.out.is_dir():
        spend(peer.command, peer.folder, peer.environment)
    if case in ("batch", "story", "template"):
        change = edit(peer, case, village, turn)
        change.do()
    os.sync()  # Flush, so that this build does not pay for earlier writes.
    spent = spend(peer.command, peer.folder, environment)
    if change and change.shown not in peer.page(change.address):
        raise Lacking(f"{peer.name}: {change.address} does not show the change ({case})")
    return spent


def unused(folder: Path, case: str) -> dict[str, str]:
    """Return environment variables under which no compiled Python module and no compiled template is found."""
    if case == "cold":
        return {}
    names = {"PYTHONPYCACHEPREFIX": "bytecode", "XDG_CACHE_HOME": "made"}
    found = {variable: str(folder / name) for variable, name in names.items()}
    return found | ({"PYTHONDONTWRITEBYTECODE": "1"} if case == "unkept" else {})
