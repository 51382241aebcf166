"""The handover report: who edited what, and what a successor has to know."""

from __future__ import annotations

from msgspec import Struct

from xiangji.handover.edits import EditHistory, edit_history
from xiangji.handover.needs import HandoverNeed, needs
from xiangji.library import Library
from xiangji.settings import Settings


class Handover(Struct, frozen=True):
    """What somebody has to know who takes over a village's site."""

    history: EditHistory
    needs: tuple[HandoverNeed, ...]


def handover(library: Library, settings: Settings) -> Handover:
    """Return the report for a village whose library is not disclosed: it is for the cooperative, and no page is made of it."""
    return Handover(edit_history(library, settings), needs(library, settings))
