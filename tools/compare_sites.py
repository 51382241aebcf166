"""Compares two built sites: which files are gone, new, or have other bytes.

python tools/compare_sites.py BEFORE AFTER [--lines]

Exits with status 1 if a file of the first site is missing in the second, because printed addresses must work for ten
years. `--lines` counts and shows the differing lines of HTML, the most frequent first, so that one change of the page
frame is one row.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import Counter
from pathlib import Path

MOST = 40
"""The maximal number of lines to print."""


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
    """Return every file of a site by its path, without the build mark."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in sorted(site.rglob("*"))
        if file.is_file() and ".xiangji" not in file.parts
    }


def show_lines(names: list[str], before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Print the lines that only one side has, with the number of files that have them."""
    found: Counter[str] = Counter()
    for name in names:
        if name.endswith((".html", ".xml", ".json", ".svg")):
            one, other = (side[name].decode("utf-8").splitlines() for side in (before, after))
            found.update({row[:200] for row in difflib.ndiff(one, other) if row[0] in "+-"})
    for row, count in found.most_common(MOST):
        print(f"{count:5} {row}")


if __name__ == "__main__":
    sys.exit(main())
