"""What a rule of a kind from another distribution is made of: two messages and two remedies.

Those of our own stand in `rules.py` and `locale/`.
"""

from __future__ import annotations

from msgspec import Struct


class Rule(Struct, frozen=True):
    """The two messages and the two remedies of one kind of problem."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    warning: bool = False
    hint: bool = False
    stops_next: bool = False
    """A warning that becomes an error with the next version: old content is told for one version, then it stops."""
