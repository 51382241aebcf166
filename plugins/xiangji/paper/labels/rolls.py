"""Words the problems of a roll of codes: once for the whole roll, since its codes differ in their numbers alone."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.render.context import RenderContext


def misfits_of_roll(context: RenderContext, name: str, misfits: Sequence[Problem]) -> list[Problem]:
    """Return the problems of setting the roll `name`, one of each rule.

    Without a register they are told at the settings, since a file that does not exist is no place to look.
    """
    settings = Location(context.settings.config_file)
    found: dict[str, Problem] = {}
    for each in misfits:
        place = each.location if context.library.codes else settings
        if each.rule == "label-wide":
            told = dict(each.details)
            form = {key: told[key] for key in ("template", "template_en", "size")}
            each = problem("roll-wide", place, value=name, word=told["word"], **form)
        found.setdefault(each.rule, replace(each, location=place))
    return list(found.values())
