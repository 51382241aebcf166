"""What is different between two sites on disk: which files are gone, new, or have other bytes.

python tools/compare_sites.py BEFORE AFTER [--lines]

Ends with status 1 where an address of the first is gone in the second: a printed one lives for ten years. With `--lines`
the lines of HTML that differ are counted and shown, the most frequent first, so that one change of the frame is one row.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter
from pathlib import Path

MOST = 40
"""Rows of lines."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--lines", action="store_true", help="also which lines of HTML differ")
    given = parser.parse_args()
    before, after = files_of(given.before), files_of(given.after)
    gone = sorted(before.keys() - after.keys())
    new = sorted(after.keys() - before.keys())
    both = before.keys() & after.keys()
    changed = sorted(name for name in both if before[name] != after[name])
    for title, names in (("gone", gone), ("new", new), ("other bytes", changed)):
        print(f"{title}: {len(names)}")
        for name in names:
            print(f"  {name}")
    print(f"the same: {len(both) - len(changed)}")
    if given.lines:
        show_lines(changed, before, after)
    return 1 if gone else 0


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path, without what a build remembers there."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in sorted(site.rglob("*"))
        if file.is_file() and ".xiangji" not in file.parts
    }


def show_lines(names: list[str], before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Lines that are only on one side, with how many files have them."""
    found: Counter[str] = Counter()
    for name in names:
        if name.endswith((".html", ".xml", ".json", ".svg")):
            one, other = (side[name].decode("utf-8").splitlines() for side in (before, after))
            found.update({row[:200] for row in difflib.ndiff(one, other) if row[0] in "+-"})
    for row, count in found.most_common(MOST):
        print(f"{count:5} {row}")


if __name__ == "__main__":
    sys.exit(main())
