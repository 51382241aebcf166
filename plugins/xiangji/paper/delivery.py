"""The last gate before a file is delivered: every code in it was read back, or nobody gets it."""

from __future__ import annotations

from collections.abc import Iterable

from xiangji.paper.print_check import Progress, Verdict, check_print
from xiangji.problems import Problem, problem
from xiangji.records.location import Location


def unread(
    pdf: bytes,
    addresses: Iterable[str],
    resolution: int,
    place: Location,
    progress: Progress | None = None,
) -> list[Problem]:
    """What keeps a finished PDF from being delivered: codes of `addresses` that a decoder does not
    read at `resolution` dots per inch, or that would be hard to read. `place` is whose fault it
    would be, were it anybody's."""
    return faulty(check_print(pdf, addresses, resolution, progress), place)


def faulty(verdict: Verdict, place: Location) -> list[Problem]:
    """The same of a PDF that was read back already."""
    if not verdict.faults:
        return []
    told = "；".join(verdict.faults)
    details = {"count": verdict.wanted, "failed": len(verdict.faults)}
    return [problem("paper-unread", place, value=told, **details)]
