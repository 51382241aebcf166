"""The wording of every rule: what is wrong and what to do, in Chinese and English.

`{name}` is filled with a problem's details. A rule is a warning where the content can still be
published truthfully, an error where it cannot; a hint is a matter of taste or luck, such as a photo
that could be sharper.
"""

from __future__ import annotations

from xiangji.model.rule import Rule
from xiangji.rules import (
    bounds,
    codes,
    fields,
    files,
    law,
    left_out,
    listening,
    meaning,
    outputs,
    paper,
    photos,
    pledge,
    posters,
    programs,
    sheets,
    site_files,
)

__all__ = ["RULES", "Rule", "wording_of"]

_TABLES = (
    files,
    photos,
    fields,
    meaning,
    law,
    listening,
    codes,
    paper,
    pledge,
    posters,
    sheets,
    programs,
    left_out,
    outputs,
    site_files,
    bounds,
)

RULES: dict[str, Rule] = {name: rule for each in _TABLES for name, rule in each.RULES.items()}


def wording_of(rule: str) -> Rule:
    """The wording of a rule, of ours or of a kind's. Raises KeyError where there is none."""
    if rule in RULES:
        return RULES[rule]
    from xiangji.kinds.installed import kind_rules

    return kind_rules()[rule]
