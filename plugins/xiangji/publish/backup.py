"""What a publication replaced or took away, kept at the target: `.xiangji/before/`, for `publish --back`.

Contents lie there under their digests; a list says which file had which. `next.json` is the list of a publication
that has begun, `list.json` that of the last one that ended. So whatever was killed when, one of them leads back. Only
one publication is kept. Whoever can write to the place can write these, so they are read as strictly as its memory.
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
    """What stood at the target before a publication. `was` is its memory then; `kept` are files whose content is kept,
    those of others among them; `theirs` are files of others that the publication brought back; `after` is the digest
    of the memory when it has ended; `back` says that it was a `--back`."""

    was: Published = field(default_factory=Published)
    kept: Mapping[str, PublishedFile] = field(default_factory=dict)
    theirs: Mapping[str, PublishedFile] = field(default_factory=dict)
    after: str = ""
    back: bool = False

    def files(self) -> dict[str, PublishedFile]:
        """All that stood there and can be told, with the content that it had."""
        return {**self.was.files, **self.kept}

    def as_bytes(self) -> bytes:
        """The same input gives the same bytes."""
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
    """What lies in `.xiangji/before/` and can be believed. `last` leads back from the publication that stands there,
    `begun` is the list of one that was not seen to end, and `late` is a `last` that still lies in `next.json`."""

    last: Backup | None = None
    begun: Backup | None = None
    late: bool = False
    names: frozenset[str] = frozenset()

    def has(self, digest: str) -> bool:
        """Whether a content is kept."""
        return FOLDER + digest in self.names


def read_shelf(
    target: Target, names: frozenset[str], raw: bytes | None, unfinished: bool
) -> Backups:
    """The shelf of a target whose memory is `raw`."""
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
    """A list; `DamagedMemory` or `NewerMemory` where it is of no use."""
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
    """Copy to the shelf what stands at these paths, and write the list. Returns the paths that have meanwhile another
    content; nothing may be replaced then."""
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
        if shelf.late and shelf.last:  # The last publication was killed when only this was left.
            target.put(LIST, shelf.last.as_bytes())
        target.put(NEXT, before.as_bytes())
    return frozenset(moved)


def ended(
    target: Target, shelf: Backups, before: Backup, seen: Mapping[str, PublishedFile]
) -> None:
    """The publication has ended: its list is the last one, and what an earlier one kept goes."""
    target.put(LIST, before.as_bytes())
    needed = {FOLDER + each.sha256 for each in before.kept.values()} | {LIST}
    there = {*shelf.names, NEXT, *(FOLDER + each.sha256 for each in seen.values())}
    in_threads(target.remove, sorted(there - needed), lambda *_: None)


def renamed(shelf: Backups, old: bytes, new: bytes) -> Backup | None:
    """The last list, where the memory it belongs to is about to become another one that says the same."""
    last = shelf.last
    return replace(last, after=digest_of(new)) if last and last.after == digest_of(old) else None


def names_below(held: Mapping[str, TargetFile]) -> frozenset[str]:
    """What lies on the shelf, of all that is listed at a target."""
    return frozenset(path for path in held if path.startswith(FOLDER))


def digest_of(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _told(files: Mapping[str, PublishedFile]) -> dict[str, Any]:
    return {p: {"sha256": each.sha256, "size": each.size} for p, each in sorted(files.items())}
