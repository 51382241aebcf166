"""Keeps what a command that edits the village's content changed, so that one `--undo` can restore it.

The backup lies in the user's own cache folder, not in the village: a village may be cloned from strangers, and their
backup could make us write anything. Its entry carries a keyed digest, as every cache entry does. In addition, an undo
writes only to content files of this village, and only to files that still hold what we wrote.
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
    """A file's content before an edit (None if there was no file), and the digest of the content that was written."""

    before: bytes | None
    after: str


class NotKept(OSError):
    """The previous content cannot be kept."""


def write_edits(root: Path, command: str, files: Mapping[str, bytes]) -> None:
    """Keep the present content of these files of the village, then write the new content.

    Raises `OSError` before anything is written: `NotKept`, `FileNotWritten`, or what prevents the first file from being
    written.
    """
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
    """Restore the files of the last edit, one after the other, and yield each path with the result.

    The results are back, gone, same, changed and refused. Nothing is yielded if there is no edit to undo. Raises
    `OSError` where a file cannot be written; the undo can then be repeated for the rest.
    """
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
