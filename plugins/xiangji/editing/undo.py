"""What a command that edits the village's content changed, kept for one `--undo`.

It lies among this user's own files and not in the village: a village is cloned from strangers, and a record of theirs
would have us write what they please. Its entry carries a keyed digest as those of every cache do. Even so it is
followed only to content of this village, and only to files that still hold what we wrote.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.cache import kept_for_user
from xiangji.model.folders import CONTENT_FOLDERS
from xiangji.output.single_file import content_place, put_in_place
from xiangji.publish.published import is_safe
from xiangji.regular_file import read_regular

_FORM = 1
_LARGEST = 64_000_000


class Edited(Struct, frozen=True):
    """A file before an edit, None where there was none, and the digest of what was written."""

    before: bytes | None
    after: str


class NotKept(OSError):
    """What was there before cannot be kept."""


def write_edits(root: Path, command: str, files: Mapping[str, bytes]) -> None:
    """Keep what stands at these paths of the village, then write them. Raises `OSError`: `NotKept`, `NotWritten` and
    whatever keeps the first file from being written, before anything is written."""
    places = {path: content_place(root, root / path) for path in files}
    edits = {path: Edited(_before(place), _digest(files[path])) for path, place in places.items()}
    told = {"form": _FORM, "files": {p: _told(e) for p, e in edits.items()}}
    store, key = kept_for_user("undo"), _key(root, command)
    raw = json.dumps(told).encode()
    store.store(key, raw)
    if store.stored(key, bytes) != raw:
        raise NotKept("nothing kept")
    for path, place in places.items():
        put_in_place(place, files[path])


def undo(root: Path, docs_dir: str, command: str) -> Iterator[tuple[str, str]]:
    """Bring the files of the last edit back, one after the other: each with what became of it. Nothing comes where
    there is no edit to take back. Raises `OSError` where a file cannot be written; the rest can be taken back then."""
    store, key = kept_for_user("undo"), _key(root, command)
    edits = store.stored(key, _read) or {}
    for path, edit in edits.items():
        yield path, _taken_back(root, docs_dir, path, edit)
    if edits:
        store.store(key, json.dumps({"form": _FORM, "files": {}}).encode())


def _taken_back(root: Path, docs_dir: str, path: str, edit: Edited) -> str:
    if not _is_content(path, docs_dir):
        return "refused"
    try:
        place = content_place(root, root / path)
        there = _before(place)
    except OSError:
        return "refused"
    if there == edit.before:
        return "same"
    if there is None or _digest(there) != edit.after:
        return "changed"
    if edit.before is None:
        place.unlink()
        return "gone"
    put_in_place(place, edit.before)
    return "back"


def _is_content(path: str, docs_dir: str) -> bool:
    return is_safe(path) and path.split("/")[0] in {
        *CONTENT_FOLDERS,
        docs_dir.split("/")[0],
        "mkdocs.yml",
    }


def _before(place: Path) -> bytes | None:
    try:
        return read_regular(place, _LARGEST, follow=False)
    except FileNotFoundError:
        return None


def _key(root: Path, command: str) -> str:
    return f"undo {command} {root.resolve()}"


def _told(edit: Edited) -> dict[str, Any]:
    before = None if edit.before is None else base64.b64encode(edit.before).decode()
    return {"before": before, "after": edit.after}


def _read(raw: bytes) -> dict[str, Edited]:
    told = json.loads(raw)
    if told["form"] != _FORM:
        raise ValueError("form")
    return {path: _edited(each) for path, each in told["files"].items()}


def _edited(told: Any) -> Edited:
    before = told["before"]
    return Edited(None if before is None else base64.b64decode(before), str(told["after"]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
