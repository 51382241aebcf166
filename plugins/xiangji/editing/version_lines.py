"""What a label said before it was changed, written into the product's file: 从哪一天起 and 以前.

Lines are added, and the one day of the version of now is moved on; everything else in the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiangji.editing.yaml_text import yaml_text
from xiangji.model.fields import label
from xiangji.model.node import Mapping, Scalar
from xiangji.readers.git.label_changes import UndatedChange
from xiangji.readers.repairs import Repair
from xiangji.records.product import Product, Version

_SINCE, _EARLIER = label(Product, "since"), label(Product, "earlier")


def with_versions(
    text: str, changes: Sequence[UndatedChange]
) -> tuple[str, tuple[Repair, ...]] | None:
    """The text of a product's file with what was changed on its label, oldest change first; None where the versions
    that it tells already cannot be gone on with by a machine."""
    product = changes[0].product
    newest, oldest = changes[-1], changes[0]
    if oldest.is_older:
        return None
    if product.since and not product.earlier and len(changes) > 1:
        return None
    lines = text.splitlines(keepends=True)
    if product.earlier and product.since:
        return _gone_on(lines, product, changes)
    since = product.since or newest.on
    starts = [change.on for change in changes[-2::-1]]
    added = [] if product.since else [f"{_SINCE}: {since}"]
    added += [f"{_EARLIER}:", *_entries(changes, [*starts, None], "  ")]
    return _appended(lines, added)


def _appended(lines: list[str], added: list[str]) -> tuple[str, tuple[Repair, ...]]:
    """Lines behind the last one of a file."""
    end = _ending(lines)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines = [*lines[:-1], lines[-1] + end]
    start = len(lines) + 1
    told = tuple(Repair(start + at, "since", "", line) for at, line in enumerate(added))
    return "".join([*lines, *(line + end for line in added)]), told


def _gone_on(
    lines: list[str], product: Product, changes: Sequence[UndatedChange]
) -> tuple[str, tuple[Repair, ...]] | None:
    """A file that tells versions, with those that were not told yet put before them."""
    at = product.origin.of("since").line - 1
    first = product.earlier[0].origin.location
    dash = lines[first.line - 1].find("-")
    newest, day = changes[-1].on, str(product.since)
    if day not in lines[at] or not 0 <= dash < first.column:
        return None
    moved = lines[at].replace(day, str(newest))
    starts = [change.on for change in changes[-2::-1]]
    added = _entries(changes, [*starts, product.since], " " * dash)
    end = _ending(lines)
    mended = [*lines]
    mended[at] = moved
    mended[first.line - 1 : first.line - 1] = [line + end for line in added]
    told = [Repair(at + 1, "since", lines[at].rstrip(), moved.rstrip())]
    told += [Repair(first.line + step, "since", "", line) for step, line in enumerate(added)]
    return "".join(mended), tuple(told)


def _entries(
    changes: Sequence[UndatedChange], starts: Sequence[date | None], indent: str
) -> list[str]:
    """The versions before some changes, newest first; each with the day from which it held."""
    found = []
    for change, start in zip(reversed(changes), starts, strict=True):
        place = change.product.origin.location
        entries = [(Scalar(label(Version, f.field), place), f.written) for f in change.facts]
        if start is not None:
            entries.insert(0, (Scalar(_SINCE, place), Scalar(str(start), place)))
        first, *others = yaml_text(Version, Mapping(tuple(entries), place)).splitlines()
        found += [f"{indent}- {first}", *(f"{indent}  {line}" for line in others)]
    return found


def _ending(lines: list[str]) -> str:
    """How the lines of a file end."""
    return "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
