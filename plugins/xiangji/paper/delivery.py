"""The last gate before a file is delivered: every code in it was read back, or nobody gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.paper.print_check import PrintVerdict, Progress, check_print
from xiangji.paper.typesetter import Typeset
from xiangji.problems import Problem, fatal, problem


class Set(Protocol):
    """A document that was set, and the addresses in its codes, each as often as it is there."""

    @property
    def document(self) -> Typeset:
        """The document."""

    @property
    def addresses(self) -> Sequence[str]:
        """The addresses in its codes."""


class Finished(Struct, frozen=True):
    """A file that may be delivered: its bytes, and what a decoder saw in it."""

    pdf: bytes
    verdict: PrintVerdict


def finish(
    printed: Set,
    misfits: Sequence[Problem],
    resolution: int,
    place: Location,
    progress: Progress | None = None,
) -> tuple[Finished | None, list[Problem]]:
    """The file of a document, read back at `resolution` dots per inch, or None with what keeps it from
    being delivered: some of its `misfits`, codes that a decoder does not read, or that would be hard to
    read. `place` is whose fault that would be, were it anybody's."""
    if fatal(misfits, strict=False):
        return None, list(misfits)
    pdf = printed.document.pdf()
    verdict = check_print(pdf, printed.addresses, resolution, progress)
    if not verdict.faults:
        return Finished(pdf, verdict), list(misfits)
    told = "；".join(verdict.faults)
    details = {"count": verdict.wanted, "failed": len(verdict.faults)}
    return None, [*misfits, problem("paper-unread", place, value=told, **details)]
