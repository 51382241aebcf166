"""Counts in Git who edited the files of a village: files of one editor alone, edits by villagers over time, by kind.

An edit is a file in a commit; merges are not counted. An author is a person whose field `git_names` holds the name or
address. Whether that person lives in the village is said by the person's field `villager`, and guessed by nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from xiangji.kinds.installed import installed_kinds
from xiangji.library import Library
from xiangji.model.folders import CONTENT_FOLDERS
from xiangji.readers.git.repository import Commit, GitUnreadable, NoRepository, repository_of
from xiangji.settings import Settings


class HistoryKept(Enum):
    """Whether the edits of a village can be counted."""

    YES = "yes"
    CUT = "cut"
    """The clone is shallow: older commits are missing, so a single editor may not be one."""
    NO = "no"
    UNREADABLE = "unreadable"


class EditorGroup(Enum):
    """Where an author of commits belongs."""

    VILLAGER = "villagers"
    OTHER = "others"
    UNKNOWN = "unknown"


class SoleEditor(Struct, frozen=True):
    """A file that only one person ever edited. `about` says what is in it, such as `目标 3 个`."""

    path: str
    about: str
    editor: str
    edits: int


class EditShare(Struct, frozen=True):
    """The edits in a quarter (`2026-3`), or of the files of a kind, by where their authors belong."""

    name: str
    villagers: int
    others: int
    unknown: int
    editors: int

    @property
    def edits(self) -> int:
        """All edits."""
        return self.villagers + self.others + self.unknown

    @property
    def percent(self) -> int:
        """The share of edits by villagers, of all edits."""
        return round(100 * self.villagers / self.edits) if self.edits else 0


class EditHistory(Struct, frozen=True):
    """What Git tells about the edits of a village.

    `unknown` are the names of authors who are no person of the village's list, or of whom it says not where they live.
    """

    kept: HistoryKept
    files: int = 0
    sole: tuple[SoleEditor, ...] = ()
    quarters: tuple[EditShare, ...] = ()
    kinds: tuple[EditShare, ...] = ()
    unknown: tuple[str, ...] = ()


class _Edit(NamedTuple):
    path: str
    quarter: str
    editor: str
    """The id of the person, or the author's address."""


def edit_history(library: Library, settings: Settings) -> EditHistory:
    """Return who edited the files of a village, as far as Git knows. `library` is not disclosed."""
    try:
        repository = repository_of(settings.root)
        folders = (*CONTENT_FOLDERS, settings.docs_dir)
        commits = repository.commits(folders)
    except NoRepository:
        return EditHistory(HistoryKept.NO)
    except GitUnreadable:
        return EditHistory(HistoryKept.UNREADABLE)
    authors = _Authors(library, commits)
    kept = HistoryKept.CUT if repository.shallow else HistoryKept.YES
    about = _about(library)
    edits = [each for each in _edits(commits, authors) if each.path in about]
    return EditHistory(
        kept,
        len({each.path for each in edits}),
        tuple(_sole(edits, about, authors)),
        tuple(_shares(authors, ((each.quarter, each) for each in edits if each.quarter))),
        tuple(_shares(authors, ((name, each) for each in edits for name in about[each.path]))),
        tuple(sorted({authors.name(e.editor) for e in edits if authors.is_unknown(e.editor)})),
    )


class _Authors:
    """Who the authors of commits are."""

    def __init__(self, library: Library, commits: Iterable[Commit]) -> None:
        self._people = library.people
        self._signed: dict[str, set[str]] = {}
        for key, person in library.people.items():
            for each in person.git_names:
                self._signed.setdefault(each.casefold(), set()).add(key)
        self._names = {each.address.casefold(): each.author for each in reversed([*commits])}

    def of(self, commit: Commit) -> str:
        """Return the id of the person who made a commit, or the author's address. Two people's signature is neither's."""
        signed = (commit.author.casefold(), commit.address.casefold())
        found = {key for each in signed for key in self._signed.get(each, ())}
        return found.pop() if len(found) == 1 else f"<{commit.address.casefold()}>"

    def name(self, editor: str) -> str:
        """Return the name of an editor, never an address."""
        person = self._people.get(editor)
        return person.name if person else self._names.get(editor.strip("<>"), "")

    def group(self, editor: str) -> EditorGroup:
        """Return where an editor belongs."""
        person = self._people.get(editor)
        if person is None or person.villager is None:
            return EditorGroup.UNKNOWN
        return EditorGroup.VILLAGER if person.villager else EditorGroup.OTHER

    def is_unknown(self, editor: str) -> bool:
        """Whether nobody said where an editor lives."""
        return self.group(editor) is EditorGroup.UNKNOWN


def _edits(commits: Iterable[Commit], authors: _Authors) -> Iterator[_Edit]:
    for commit in commits:
        if len(commit.parents) > 1:
            continue
        day = commit.on
        quarter = f"{day.year}-{(day.month + 2) // 3}" if day else ""
        editor = authors.of(commit)
        for touch in commit.touches:
            if touch.after is not None:
                yield _Edit(touch.path, quarter, editor)


def _about(library: Library) -> dict[str, dict[str, str]]:
    """By file: the kinds of its records, each with how many there are. A hand-written page has no kind."""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for kind in installed_kinds().kinds:
        for record in library.shelf(kind.name).values():
            path = record.origin.location.path
            counts.setdefault(path, Counter())[kind.heading, kind.measure] += 1
    counts.setdefault(library.brand.origin.location.path, Counter())["品牌", "份"] += 1
    for note in library.notes:
        counts.setdefault(note.origin.location.path, Counter())["手写的页", "页"] += 1
    return {
        path: {
            heading: f"{heading} {count} {measure}" for (heading, measure), count in found.items()
        }
        for path, found in counts.items()
    }


def _sole(
    edits: Iterable[_Edit], about: Mapping[str, Mapping[str, str]], authors: _Authors
) -> Iterator[SoleEditor]:
    editors: dict[str, Counter[str]] = {}
    for each in edits:
        editors.setdefault(each.path, Counter())[each.editor] += 1
    for path, found in sorted(editors.items()):
        if len(found) == 1:
            [(editor, count)] = found.items()
            yield SoleEditor(path, "、".join(about[path].values()), authors.name(editor), count)


def _shares(authors: _Authors, edits: Iterable[tuple[str, _Edit]]) -> Iterator[EditShare]:
    counts: dict[str, Counter[EditorGroup]] = {}
    editors: dict[str, set[str]] = {}
    for name, each in edits:
        counts.setdefault(name, Counter())[authors.group(each.editor)] += 1
        editors.setdefault(name, set()).add(each.editor)
    for name in sorted(counts):
        villagers, others, unknown = (counts[name][group] for group in EditorGroup)
        yield EditShare(name, villagers, others, unknown, len(editors[name]))
