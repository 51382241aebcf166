"""The grades of rules, and the wording of a rule of another distribution's kind: message and remedy, and its severity.

The wording of our own rules is in `rules.py` and `locale/`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Grade = Literal["error", "warning", "hint", "next"]

ERROR: Grade = "error"
WARNING: Grade = "warning"
HINT: Grade = "hint"
NEXT: Grade = "next"
"""A warning that becomes an error with the next version."""


class Rule(Struct, frozen=True):
    """The wording and severity of one kind of problem. It is an error unless `warning` or `hint` is set."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    warning: bool = False
    hint: bool = False
    stops_next: bool = False
    """Whether this warning becomes an error in the next version.

    So authors have one version to change old content.
    """
