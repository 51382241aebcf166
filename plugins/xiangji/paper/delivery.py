"""The last check before a PDF is delivered: every code in it must be read back, or the PDF is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.paper.print_check import PrintVerdict, Progress, check_print
from xiangji.paper.typesetter import Typeset
from xiangji.problems import Problem, fatal, problem


class Set(Protocol):
    """A document with codes, as labels, sheets, cards and certificates are."""

    @property
    def document(self) -> Typeset:
        """The document for Typst."""

    @property
    def addresses(self) -> Sequence[str]:
        """The addresses in its codes, each as often as it is printed."""


class Finished(Struct, frozen=True):
    """A PDF that may be delivered, and the result of its print check."""

    pdf: bytes
    verdict: PrintVerdict


def finish(
    printed: Set,
    misfits: Sequence[Problem],
    resolution: int,
    place: Location,
    progress: Progress | None = None,
) -> tuple[Finished | None, list[Problem]]:
    """Return the PDF of a document after its print check, and all problems.

    It is None if one of the `misfits` is fatal, or if the check at `resolution` dots per inch finds a fault: a code
    that is not read, or that is hard to read. `misfits` are the problems of setting the text. `place` is the location
    of the problem for such a fault.
    """
    if fatal(misfits, strict=False):
        return None, list(misfits)
    pdf = printed.document.pdf()
    verdict = check_print(pdf, printed.addresses, resolution, progress)
    if not verdict.faults:
        return Finished(pdf, verdict), list(misfits)
    told = "；".join(verdict.faults)
    details = {"count": verdict.wanted, "failed": len(verdict.faults)}
    return None, [*misfits, problem("paper-unread", place, value=told, **details)]
