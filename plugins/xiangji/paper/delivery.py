"""The last gate before a file is delivered: every code in it was read back, or nobody gets it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiangji.paper.print_check import Progress, Seen, Verdict, check_print
from xiangji.problems import Problem, problem
from xiangji.records.location import Location


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a decoder saw in a file of so many pages."""

    pages: int
    seen: tuple[Seen, ...]


def checked(
    pdf: bytes,
    addresses: Iterable[str],
    resolution: int,
    place: Location,
    progress: Progress | None = None,
) -> tuple[ReadBack, list[Problem]]:
    """What is seen in a finished PDF, and what keeps it from being delivered: codes of `addresses` that
    a decoder does not read at `resolution` dots per inch, or that would be hard to read. `place` is
    whose fault it would be, were it anybody's."""
    import pypdfium2

    verdict = check_print(pdf, addresses, resolution, progress)
    with pypdfium2.PdfDocument(pdf) as document:
        back = ReadBack(len(document), verdict.seen)
    return back, faulty(verdict, place)


def faulty(verdict: Verdict, place: Location) -> list[Problem]:
    """What keeps a PDF that was read back from being delivered."""
    if not verdict.faults:
        return []
    told = "；".join(verdict.faults)
    details = {"count": verdict.wanted, "failed": len(verdict.faults)}
    return [problem("paper-unread", place, value=told, **details)]
