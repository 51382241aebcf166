"""Measures what a thousand labels cost: `xiangji labels` from start to end, including the print check.

python benchmarks/labels.py             prints the table
python benchmarks/labels.py --write     also writes benchmarks/labels.md

CPU seconds depend on the machine. So each value stands beside the CPU seconds that Segno takes in the same run to make
as many codes and nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import segno

from village import write_village

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("labels.md")
DAY = "2026-11-22"
COUNT = 1000


@dataclass(frozen=True)
class Case:
    """One run: its title, its village, and the arguments after `xiangji labels`."""

    name: str
    demo: bool
    words: tuple[str, ...]


CASES = (
    Case("one lot, jar labels, four inks, A4 to cut", True, ("laziji/2026-09A", "-n", str(COUNT))),
    Case(
        "one lot, fresh-produce labels, 24 a sheet",
        True,
        ("tuji/J-0915", "--stock", "a4-24", "-n", str(COUNT)),
    ),
    Case(
        "a roll of different codes, thermal, 203 dpi",
        True,
        ("--roll", "bench", "-n", str(COUNT), "--stock", "roll"),
    ),
    Case(
        "1,000 lots, a jar label each, black, one file",
        False,
        ("--all", "-t", "jar", "-n", "1", "--black", "--together"),
    ),
)


@dataclass(frozen=True)
class Spent:
    """The cost of a run: seconds, and megabytes of PDF."""

    wall: float
    cpu: float
    megabytes: float


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="write benchmarks/labels.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        village = Path(folder) / "village"
        # Every second product keeps its batches in a table, the others in one file each.
        write_village(village, 20, COUNT, 5, 2)
        codes = _codes()
        rows = [_row(case, _run(case, village, Path(folder)), codes) for case in CASES]
    text = "\n".join([*_head(codes), *rows, ""])
    print(text)
    if given.write:
        RESULTS.write_text(text, "utf-8", newline="\n")
    return 0


def _codes() -> float:
    """Return the CPU seconds of Segno for as many codes, each for another address."""
    begun = time.process_time()
    for number in range(COUNT):
        segno.make_qr(
            f"https://bench.example.cn/t/p0000/B{number:05d}/", error="m", boost_error=False
        )
    return time.process_time() - begun


def _run(case: Case, village: Path, folder: Path) -> Spent:
    out = folder / "out"
    command = [sys.executable, "-m", "xiangji", "labels", *case.words]
    command += ["--date", DAY, "--out", str(out), "--lang", "en"]
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, cwd=ROOT if case.demo else village, check=True, capture_output=True)
    wall, after = time.perf_counter() - begun, os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    size = sum(each.stat().st_size for each in out.iterdir())
    for each in out.iterdir():
        each.unlink()
    return Spent(wall, spent, size / 1e6)


def _row(case: Case, spent: Spent, codes: float) -> str:
    cells = (
        case.name,
        f"{spent.cpu:.1f}",
        f"{spent.wall:.1f}",
        f"{1000 * spent.cpu / COUNT:.1f}",
        f"{spent.cpu / codes:.1f}",
        f"{spent.megabytes:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _head(codes: float) -> Iterator[str]:
    yield "# What a thousand labels cost"
    yield ""
    yield "Written by `python benchmarks/labels.py --write`; nothing here is typed by hand."
    yield "Each run is `xiangji labels` from start to finish: the village read and checked, 1,000 labels set, and"
    yield "every code of the finished PDF read back and measured. The last but one column compares its CPU time with"
    yield "that of Segno making 1,000 codes and nothing else, in the same run."
    yield ""
    yield f"Measured on {date.today()}: {platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
    packages = ("xiangji", "typst", "pypdfium2", "zxing-cpp", "segno")
    yield f"Python {platform.python_version()}, {', '.join(f'{n} {version(n)}' for n in packages)}."
    yield f"Segno alone: {codes:.2f} CPU s."
    yield ""
    yield "| 1,000 labels | CPU s | wall s | CPU ms a label | × Segno's codes | PDF, MB |"
    yield "|---|--:|--:|--:|--:|--:|"


if __name__ == "__main__":
    sys.exit(main())
