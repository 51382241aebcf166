"""Measures what a build costs, beside Hugo, Eleventy, Material for MkDocs and Zensical with the same village.

python benchmarks/builds.py                      20, 100, 1,000 and 10,000 batches, every generator
python benchmarks/builds.py --batches 20 100 1000 10000 100000 --growth --write    also writes benchmarks/builds.md
python benchmarks/builds.py --batches 1000 --peers xiangji hugo-codes --cases cold --rounds 5 --no-edits
python benchmarks/builds.py --batches --growth   only the growth: stories, products, people, chains, services, videos, photos
python benchmarks/builds.py --quick              a tiny village, Xiangji and Hugo: does it work?

Built sites are removed only at the end, so all five sizes and the growth take about 15 GB below --work. On some file
systems, builds are slower for minutes after files have been removed.

The other generators are installed below .cache/peers. Exits with status 1 if Xiangji exceeds a limit, or if a build is
not as it should be. Needs a Unix.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import sys
import tempfile
from datetime import date
from pathlib import Path

from build_cases import CASES, KINDS, LARGE, Size, build_all
from build_commands import time_commands
from build_edits import PACE, QUICK, time_edits
from build_floors import Measured, floors
from build_growth import GROWING, grow
from build_report import report
from peer_eleventy import Eleventy
from peer_hugo import Hugo, HugoAdapter, HugoCodes
from peer_markdown import Material, Zensical
from peer_tools import ROOT
from peer_xiangji import DAY, Xiangji, XiangjiBare
from peers import Peer

RESULTS = Path(__file__).with_name("builds.md")
PEERS: tuple[type[Peer], ...] = (
    *(Xiangji, XiangjiBare),
    *(Hugo, HugoCodes, HugoAdapter),
    *(Eleventy, Material, Zensical),
)
FEW: tuple[type[Peer], ...] = (Xiangji, XiangjiBare, HugoCodes, HugoAdapter)
"""The generators for villages that are not plain, and for a quick run."""
VARIED = 1_000
"""The number of batches of villages that are not plain, unless another is given."""
SERVED = 1_000
"""The maximal number of batches of a village that is served."""
COMMANDS = 100
"""The number of batches of the village in which other commands are run."""
CHECKS = 20
"""The number of rounds in which other commands are measured."""
QUICK_PART = 50
"""The divisor for the numbers of the growth in a quick run."""


def main() -> int:
    given = _arguments()
    kinds, missing = _installed(given.peers or [each.key for each in PEERS])
    sizes = _sizes(given)
    with tempfile.TemporaryDirectory(prefix="xiangji-builds-", dir=given.work) as folder:
        run = _run(given, sizes, kinds, Path(folder))
        missing += _too_large(given, sizes, kinds)
        versions = {each.key: each(Path(folder)).version for each in kinds}
    text = report(_facts(given, versions), run, missing)
    _say("")
    print(text)
    if given.write:
        RESULTS.write_text(text, "utf-8", newline="\n")
    broken = not given.quick and any(each.kept is False for each in floors(run))
    several = [*run.built.values(), *run.edited.values(), *run.grown.values()]
    return 1 if broken or any(each.failed for each in several) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    keys = [each.key for each in PEERS]
    add = parser.add_argument
    sizes = [20, 100, 1_000, 10_000]
    add("--batches", type=int, nargs="*", default=sizes, help="sizes; none to build no villages")
    add("--products", type=int, nargs="+", help="for each size; else a twentieth of the batches")
    add("--stories", type=int, default=10)
    add("--pictures", type=int, default=0, help="photos; the others serve them as they are")
    add(
        "--peers",
        nargs="+",
        choices=keys,
        help="else each up to the size where a run would not end",
    )
    add(
        "--villages",
        nargs="+",
        choices=list(KINDS),
        help=f"kinds of each size; else plain ones, and the others at {VARIED:,} batches",
    )
    add("--cases", nargs="+", choices=CASES, default=list(CASES))
    add("--rounds", type=int, default=3, help=f"of each case; above {LARGE:,} batches one, cold")
    add("--edits", type=int, default=5, help="of each kind under each server")
    add("--no-edits", dest="edits", action="store_const", const=0, help="start no servers")
    add(
        "--growth",
        action="store_true",
        help="also many stories, products, people, lots, services, videos, photos",
    )
    add("--work", type=Path, help="folder in which villages are written and built")
    add("--write", action="store_true", help="write benchmarks/builds.md")
    add("--quick", action="store_true", help="20 batches, Xiangji and Hugo, each once")
    given = parser.parse_args()
    if given.quick:
        given.batches, given.products, given.stories = given.batches and [20], None, 2
        given.peers = given.peers or [each.key for each in FEW]
        given.rounds, given.edits = 1, min(given.edits, 1)
    if given.products and len(given.products) != len(given.batches):
        parser.error("--products: as many numbers as --batches has")
    if min(given.products or [2]) < 2 or min(given.batches or [20]) < 20 or given.stories < 1:
        parser.error("at least 20 batches, 2 products and 1 story: some are changed")
    if given.quick and given.write:
        parser.error("--quick measures nothing worth writing down")
    return given


def _sizes(given: argparse.Namespace) -> list[Size]:
    products = given.products or [max(2, each // 20) for each in given.batches]
    return [
        Size(number, shelf, given.stories, given.pictures, kind)
        for number, shelf in zip(given.batches, products, strict=True)
        for kind in given.villages or (KINDS if number == VARIED else ["plain"])
    ]


def _installed(keys: list[str]) -> tuple[list[type[Peer]], list[str]]:
    """Return those of the named generators that can be installed, and the reasons why others cannot."""
    there, missing = [], []
    for kind in PEERS:
        if kind.key in keys:
            reason = kind(ROOT).install()
            if reason:
                missing.append(f"{kind.name}: {reason}")
                _say(f"{kind.name} is left out: {reason}")
            else:
                there.append(kind)
    return there, missing


def _run(
    given: argparse.Namespace, sizes: list[Size], kinds: list[type[Peer]], folder: Path
) -> Measured:
    run = Measured()
    wanted = {folder / f"b{size.key}": (size, _those(given, size, kinds)) for size in sizes}
    for built in build_all(wanted, given.cases, given.rounds, _say, not given.quick):
        run.built[built.size.key] = built
    if given.edits:
        _edits(given, sizes, kinds, folder, run)
    if Xiangji in kinds and sizes:
        size = Size(20 if given.quick else COMMANDS, 5, given.stories)
        rounds = 1 if given.quick else CHECKS
        run.commands = time_commands(size, rounds, _new(folder / "commands"), _say)
    if given.growth:
        part = QUICK_PART if given.quick else 1
        run.grown = grow(GROWING, part, given.rounds, _new(folder / "growth"), _say)
    return run


def _those(given: argparse.Namespace, size: Size, kinds: list[type[Peer]]) -> list[type[Peer]]:
    """Return the generators that build a village of this size and kind."""
    if size.kind != "plain":
        return [each for each in kinds if each in FEW]
    return [each for each in kinds if given.peers or size.batches <= each.largest]


def _edits(
    given: argparse.Namespace,
    sizes: list[Size],
    kinds: list[type[Peer]],
    folder: Path,
    run: Measured,
) -> None:
    """Measure the servers with each plain village that is small enough."""
    for size in sizes:
        if size.kind == "plain" and size.batches <= SERVED:
            work, pace = _new(folder / f"served-{size.batches}"), QUICK if given.quick else PACE
            run.edited[size.batches] = time_edits(size, kinds, given.edits, work, _say, pace)


def _too_large(given: argparse.Namespace, sizes: list[Size], kinds: list[type[Peer]]) -> list[str]:
    if given.peers:
        return []
    return [
        f"{kind.name} with {size.batches:,} batches: only on request (`--peers`), so that a run ends"
        for size in sizes
        for kind in kinds
        if size.kind == "plain" and size.batches > kind.largest
    ]


def _facts(given: argparse.Namespace, versions: dict[str, str]) -> dict[str, str]:
    command = shlex.join(["python", "benchmarks/builds.py", *sys.argv[1:]])
    tools = list(dict.fromkeys(versions.values()))
    return {
        "measured on": date.today().isoformat(),
        "Xiangji's sites built for": DAY,
        "command": f"`{command}`",
        "rounds, edits": f"{given.rounds}, {given.edits}; above {LARGE:,} batches one round, cold",
        "generators": ", ".join(tools),
        "Python": platform.python_version(),
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
    }


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _say(text: str) -> None:
    """Print progress to standard error, so that standard output holds only the report."""
    if text:
        print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
