"""The history of a batch's label facts: what changed, when, and who changed it.

`standards.md` §4.3 requires it for a digital label. `readers.git` reads it from Git.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct


class ChangeStep(Enum):
    """What happened to a fact, or to its record."""

    FIRST = "first"
    """The record was added for the first time."""
    AGAIN = "again"
    """The record was added again after it had been removed."""
    GONE = "gone"
    """The record was removed."""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class LabelChange(Struct, frozen=True):
    """One change of one fact.

    `what` is the heading of the fact. `before` and `after` are its values as the page shows them. Both are empty if the
    values should not be shown: an old telephone number may belong to somebody else now. `item` is the key of the label
    item. `of` says which one of several facts of this item changed.
    """

    step: ChangeStep
    what: str
    before: str = ""
    after: str = ""
    item: str = ""
    of: str = ""


class Revision(Struct, frozen=True):
    """The changes of one commit.

    `on` is the author's day in China (+08:00), or None if the recorded time is impossible. `author` and `address`
    (e-mail) come from Git and are personal data. `disclosure` replaces them by a name that may be published, or removes
    them.
    """

    on: date | None
    author: str
    address: str
    changes: tuple[LabelChange, ...]


class RecordKeeping(Enum):
    """Whether there is a record of changes in Git."""

    YES = "yes"
    NO = "no"
    """The files are not in a Git repository, or were never committed."""
    UNREADABLE = "unreadable"
    """There may be a record, but no Git program could read it."""


class History(Struct, frozen=True):
    """The revisions of one batch's label, newest first."""

    kept: RecordKeeping
    revisions: tuple[Revision, ...] = ()
    cut: bool = False
    """Older changes exist or may exist but were not read, since the repository is a shallow clone."""
    unsaved: bool = False
    """The files differ from the last commit."""
    workbook: bool = False
    """The batch is recorded in an Excel workbook, whose versions are not compared."""
