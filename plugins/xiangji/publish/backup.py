"""Keeps what a publication replaced or removed at the target in `.xiangji/before/`, for `publish --back`.

Each content lies there in a file named by its digest; a list says which path had which digest. `next.json` is the list
of a publication that has started, `list.json` that of the last completed one. So after an interruption at any moment
one of the two lists leads back. Only one publication is kept. Anybody who can write to the target can change these
files, so they are validated as strictly as `.xiangji/published.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.publish.published import (
    DamagedMemory,
    NewerMemory,
    Published,
    PublishedFile,
    entries_of,
    read_published,
)
from xiangji.publish.target import Target, TargetFile, in_threads

FOLDER = ".xiangji/before/"
LIST = f"{FOLDER}list.json"
NEXT = f"{FOLDER}next.json"
FORM = 1


class Backup(Struct, frozen=True):
    """The state of the target before a publication.

    `was` is the target's `published.json` at that time. `kept` are the files whose content is kept, including those of
    others. `theirs` are files of others that this publication restored. `after` is the digest of `published.json` when
    the publication has ended. `back` says that the publication was itself a `--back`.
    """

    was: Published = field(default_factory=Published)
    kept: Mapping[str, PublishedFile] = field(default_factory=dict)
    theirs: Mapping[str, PublishedFile] = field(default_factory=dict)
    after: str = ""
    back: bool = False

    def files(self) -> dict[str, PublishedFile]:
        """Return all files that were at the target, as far as known, with the digest of the content that each had."""
        return {**self.was.files, **self.kept}

    def as_bytes(self) -> bytes:
        """Serialize the backup. The same input gives the same bytes."""
        told = {
            "xiangji": "before",
            "form": FORM,
            "after": self.after,
            "back": self.back,
            "kept": _told(self.kept),
            "theirs": _told(self.theirs),
            "was": json.loads(self.was.as_bytes()),
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


class Backups(Struct, frozen=True):
    """The valid content of `.xiangji/before/`.

    `last` leads back from the publication that is at the target now. `begun` is the list of a publication that was not
    seen to end. `late` says that `last` was still in `next.json`. `names` are all files below `.xiangji/before/`.
    """

    last: Backup | None = None
    begun: Backup | None = None
    late: bool = False
    names: frozenset[str] = frozenset()

    def has(self, digest: str) -> bool:
        """Whether the content with this digest is kept."""
        return FOLDER + digest in self.names


def read_shelf(
    target: Target, names: frozenset[str], raw: bytes | None, unfinished: bool
) -> Backups:
    """Read the backups of a target. `raw` is its `published.json`; `unfinished` says that it has uncertain files."""
    if raw is None:
        return Backups(names=names)
    last, begun = (_read(target, path) if path in names else None for path in (LIST, NEXT))
    if unfinished:
        return Backups(last, begun, names=names)
    if begun and begun.after == digest_of(raw):
        return Backups(begun, late=True, names=names)
    return Backups(last if last and last.after == digest_of(raw) else None, names=names)


def _read(target: Target, path: str) -> Backup | None:
    raw = target.read(path)
    try:
        return None if raw is None else read_before(raw)
    except (DamagedMemory, NewerMemory):
        return None


def read_before(raw: bytes) -> Backup:
    """Parse a list. Raises `DamagedMemory` or `NewerMemory` if it cannot be used."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DamagedMemory("no JSON") from error
    if not isinstance(told, dict) or told.get("xiangji") != "before" or told.get("form") != FORM:
        raise DamagedMemory("not ours")
    kept, theirs = entries_of(told.get("kept")), entries_of(told.get("theirs"))
    if not all(each.sha256 for each in (*kept.values(), *theirs.values())):
        raise DamagedMemory("entry")
    was = read_published(json.dumps(told.get("was")).encode())
    after, back = told.get("after"), told.get("back")
    if not isinstance(after, str) or not isinstance(back, bool):
        raise DamagedMemory("form")
    return Backup(was, kept, theirs, after, back)


def keep(
    target: Target, shelf: Backups, before: Backup, seen: Mapping[str, PublishedFile]
) -> frozenset[str]:
    """Copy the present contents of the files `seen` to the backup, and write `next.json`.

    Returns the paths whose content has changed meanwhile; if there are any, nothing may be replaced.
    """
    wanted = {path: each for path, each in seen.items() if not shelf.has(each.sha256)}
    moved: set[str] = set()

    def copy(path: str) -> bool:
        content = target.read(path)
        if content is None or digest_of(content) != wanted[path].sha256:
            return False
        target.put(FOLDER + wanted[path].sha256, content)
        return True

    in_threads(copy, wanted, lambda path, same: None if same else moved.add(path))
    if not moved:
        if (
            shelf.late and shelf.last
        ):  # The last publication was killed when only this step was left.
            target.put(LIST, shelf.last.as_bytes())
        target.put(NEXT, before.as_bytes())
    return frozenset(moved)


def ended(
    target: Target, shelf: Backups, before: Backup, seen: Mapping[str, PublishedFile]
) -> None:
    """Complete a publication: its list becomes the last one, and backups that only an earlier list needs are removed."""
    target.put(LIST, before.as_bytes())
    needed = {FOLDER + each.sha256 for each in before.kept.values()} | {LIST}
    there = {*shelf.names, NEXT, *(FOLDER + each.sha256 for each in seen.values())}
    in_threads(target.remove, sorted(there - needed), lambda *_: None)


def renamed(shelf: Backups, old: bytes, new: bytes) -> Backup | None:
    """Return the last list, adapted to a record that changes from `old` to `new` while all files stay the same.

    Returns None if the last list does not belong to `old`.
    """
    last = shelf.last
    return replace(last, after=digest_of(new)) if last and last.after == digest_of(old) else None


def names_below(held: Mapping[str, TargetFile]) -> frozenset[str]:
    """Return the files of the backup among all files that are listed at a target."""
    return frozenset(path for path in held if path.startswith(FOLDER))


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _told(files: Mapping[str, PublishedFile]) -> dict[str, Any]:
    return {p: {"sha256": each.sha256, "size": each.size} for p, each in sorted(files.items())}
