"""Lots that are not sold, and what is printed of them anyway: only with a reason, which the register of prints keeps."""

from __future__ import annotations

from collections.abc import Sequence

from xiangji.library.lot_state import LotState, standing_of
from xiangji.pages.batches.states import state_of
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.render.context import RenderContext


def allowed(
    context: RenderContext, batch: Batch, against: Sequence[Problem], anyway: str = ""
) -> list[Problem]:
    """What is told of printing something of a lot. What stands `against` it is no more than a warning where somebody says
    why it is printed `anyway`; a lot of which nobody said whether it is fine is printed with a warning."""
    state = state_of(context.library, batch, context.settings.today)
    place = batch.origin.of("status")
    if against and anyway:
        told = {"state": state.short, "state_en": state.key.replace("_", " ")}
        return [problem("print-anyway", place, value=batch.key, reason=anyway, **told)]
    if not against and state.key == LotState.UNRECORDED:
        return [problem("print-unrecorded", place, value=batch.key)]
    return list(against)


def note_of_run(context: RenderContext, batch: Batch, anyway: str) -> str:
    """What the register says of a run that was printed anyway; nothing of any other."""
    found = standing_of(context.library, batch, context.settings.today).state
    if not anyway or found.is_fine:
        return ""
    state = state_of(context.library, batch, context.settings.today)
    return f"{state.short}，照印：{anyway}"
