"""Decides whether something may be printed for a lot that is not sold: only with a reason, which the register keeps."""

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
    """Return the problems of printing something for a lot. `against` are the reasons that speak against it.

    With a reason to print it `anyway`, one warning replaces them. A lot without a recorded state gives a warning.
    """
    state = state_of(context.library, batch, context.settings.today)
    place = batch.origin.of("status")
    if against and anyway:
        told = {"state": state.short, "state_en": state.key.replace("_", " ")}
        return [problem("print-anyway", place, value=batch.key, reason=anyway, **told)]
    if not against and state.key == LotState.UNRECORDED:
        return [problem("print-unrecorded", place, value=batch.key)]
    return list(against)


def note_of_run(context: RenderContext, batch: Batch, anyway: str) -> str:
    """Return the note in the register for a run of a lot that is not sold, with the reason. Else an empty text."""
    found = standing_of(context.library, batch, context.settings.today).state
    if not anyway or found.is_fine:
        return ""
    state = state_of(context.library, batch, context.settings.today)
    return f"{state.short}，照印：{anyway}"
