"""How the label facts of a batch came to be what they are: what changed, when, and who changed it.

`standards.md` §4.3 asks it of a digital label. Read from Git by `sources`; plain values here.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct


class ChangeStep(Enum):
    """What happened to a fact, or to the record that holds it."""

    FIRST = "first"
    """The record was written down for the first time."""
    AGAIN = "again"
    """It was written down once more, after it had been taken out."""
    GONE = "gone"
    """It was taken out."""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class LabelChange(Struct, frozen=True):
    """One change of one fact.

    `before` and `after` are the values as they are read aloud; both are empty where they are not
    to be repeated (an old telephone number rings at somebody else's by now). `item` is the key of the
    label's item that the fact is of, `of` which one where it has several.
    """

    step: ChangeStep
    what: str
    before: str = ""
    after: str = ""
    item: str = ""
    of: str = ""


class Revision(Struct, frozen=True):
    """What was saved in one go. `on` is the author's day in China (+08:00), None where the clock
    was impossible.

    `author` and `address` (e-mail) are as Git holds them, and personal data: `disclosure` puts a
    name that may be published in their place, or nothing.
    """

    on: date | None
    author: str
    address: str
    changes: tuple[LabelChange, ...]


class RecordKeeping(Enum):
    """Whether there is a record of changes at all."""

    YES = "yes"
    NO = "no"
    """The files are not in a Git repository, or were never saved in it."""
    UNREADABLE = "unreadable"
    """There may be one, but no Git program could read it."""


class History(Struct, frozen=True):
    """The revisions of one batch's label, newest first."""

    kept: RecordKeeping
    revisions: tuple[Revision, ...] = ()
    cut: bool = False
    """Something older exists or may exist, and was not read: a shallow copy of the repository."""
    unsaved: bool = False
    """What the page says differs from what was last saved."""
    workbook: bool = False
    """The batch stands in a workbook, whose versions are not compared."""
