"""Places where a site is published: a folder, or whatever `fsspec` reaches (`s3://…`).

A folder needs no further package. Nothing here knows what a site is: files are read, put, listed and
taken away by their path below the target.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from threading import Event
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from msgspec import Struct

from xiangji.output.single_file import FileNotWritten, look_at, way_clear
from xiangji.publish.published import MEMORY
from xiangji.regular_file import read_regular

R = TypeVar("R")

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_KNOWN_TYPES = mimetypes.MimeTypes()
"""Those of Python itself. A Windows registry may call scripts plain text."""

_FRESH = "fresh."
"""Begins the name of a file that is being written."""

_LARGEST = 2_000_000_000
"""Bytes of a file that is read; the pages of a site have a thousandth of it."""

_OBJECT_STORES = frozenset(["s3", "s3a"])


class NoTarget(Exception):
    """The place cannot be used, or a file there not be read or written; the message says why."""


class NoDriver(NoTarget):
    """The package that reaches such places is not installed."""


class TargetFile(Struct, frozen=True):
    """A file at the target: its size in bytes, and the MD5 of its content where the place tells."""

    size: int
    md5: str = ""


class Target(ABC):
    """A place that holds files by path. Every failure is a `NoTarget`."""

    @abstractmethod
    def listing(self) -> dict[str, TargetFile]:
        """Every file there, by path; nothing where the place is empty or not made yet."""

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """A file's content, or None if there is none."""

    @abstractmethod
    def put(self, path: str, content: bytes) -> None:
        """Write a file, over what is there."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Take a file away. One that is gone already is no failure."""

    @abstractmethod
    def in_the_way(self, paths: Iterable[str], listed: Mapping[str, TargetFile]) -> list[str]:
        """What would be written or deleted through or over, though it is no file of the listing: a link, a folder
        where a file must be, a file where a folder must be, a name in other letter case."""

    @abstractmethod
    def tidy(self) -> None:
        """Take away what a killed publication left half written."""

    @abstractmethod
    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether the file there certainly has this content. False where that costs a transfer."""


def is_url(text: str) -> bool:
    """Whether a target is written as an address, not as a folder."""
    return "://" in text


def open_target(text: str) -> Target:
    """The place that was named."""
    if text.startswith("file://"):
        return Folder(Path(url2pathname(urlsplit(text).path)))
    return Remote(text) if is_url(text) else Folder(Path(text))


class Folder(Target):
    """A folder of this computer."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def listing(self) -> dict[str, TargetFile]:
        """Every regular file below the folder."""
        found = {}
        with _told():
            for file in files_below(self.root):
                found[file.relative_to(self.root).as_posix()] = TargetFile(file.stat().st_size)
        return found

    def read(self, path: str) -> bytes | None:
        """A file's content, read through no link."""
        with _told():
            _clear(self.root, path)
            try:
                return read_regular(self.root / path, _LARGEST, follow=False)
            except FileNotFoundError:
                return None

    def put(self, path: str, content: bytes) -> None:
        """Whole or not at all: a visitor never gets half a page."""
        with _told():
            _clear(self.root, path)
            _clear(self.root, MEMORY)
            file, fresh = self.root / path, self.root / MEMORY
            for folder in (file.parent, fresh.parent):
                folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_FRESH, dir=fresh.parent)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(file)

    def in_the_way(self, paths: Iterable[str], listed: Mapping[str, TargetFile]) -> list[str]:
        """Links, folders and files where something else must be."""
        found = set()
        with _told():
            for path in paths:
                try:
                    way_clear(self.root, path)
                except FileNotWritten as error:
                    if error.word != "written-closed":
                        found.add(error.place)
                    continue
                if path not in listed and look_at(self.root / path):
                    found.add(path)
        return sorted(found)

    def tidy(self) -> None:
        """Take away the files of a killed publication."""
        with _told():
            _clear(self.root, MEMORY)
            for left in (self.root / MEMORY).parent.glob(f"{_FRESH}*"):
                left.unlink(missing_ok=True)

    def remove(self, path: str) -> None:
        """Take a file away, and the folders that are empty then."""
        with _told():
            _clear(self.root, path)
            file = self.root / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.root:
                    break
                try:
                    folder.rmdir()
                except OSError:  # Something else is in it.
                    break

    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether size and bytes are the same: reading costs nothing here."""
        return held.size == len(content) and self.read(path) == content


class Remote(Target):
    """A place that `fsspec` reaches."""

    def __init__(self, url: str) -> None:
        self._scheme = url.partition("://")[0]
        with _told():
            try:
                import fsspec

                options = self._options()
                # One that was opened before may have had another endpoint, or other keys.
                self._fs, root = fsspec.url_to_fs(
                    url, use_listings_cache=False, skip_instance_cache=True, **options
                )
            except ImportError as error:
                raise NoDriver(str(error)) from error
        self._root = str(root).rstrip("/")
        self._made = {""}

    def _options(self) -> dict[str, Any]:
        """Checksums only where the server wants them: many that call themselves compatible refuse
        those that Amazon's own software adds."""
        if self._scheme not in _OBJECT_STORES:
            return {}
        when = "when_required"
        config = {"request_checksum_calculation": when, "response_checksum_validation": when}
        return {"config_kwargs": config}

    def listing(self) -> dict[str, TargetFile]:
        """Every object below the address."""
        with _told():
            try:
                found = self._fs.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
            start = f"{self._root}/"
            return {
                name.removeprefix(start): _held(info)
                for name, info in found.items()
                if name.startswith(start) and not name.endswith("/")
            }

    def read(self, path: str) -> bytes | None:
        """An object's content, or None if there is none."""
        with _told():
            try:
                return bytes(self._fs.cat_file(self._at(path)))
            except FileNotFoundError:
                return None

    def put(self, path: str, content: bytes) -> None:
        """Write an object, with its content type."""
        more = {"ContentType": content_type(path)} if self._scheme in _OBJECT_STORES else {}
        with _told():
            if not more:
                self._make_folders(path)
            self._fs.pipe_file(self._at(path), content, **more)

    def remove(self, path: str) -> None:
        """Take an object away."""
        with _told(), suppress(FileNotFoundError):
            self._fs.rm_file(self._at(path))

    def in_the_way(self, paths: Iterable[str], listed: Mapping[str, TargetFile]) -> list[str]:
        """Nothing: there are no links, and every key is a name of its own."""
        return []

    def tidy(self) -> None:
        """Nothing to do: an object is there whole or not at all."""

    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether the MD5 that the place tells is that of the content."""
        # An object store's ETag is the MD5 unless it keeps the object encrypted or in parts; then it
        # is something else, and equal to no MD5 of ours.
        return (
            bool(held.md5) and held.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
        )

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _make_folders(self, path: str) -> None:
        """The folders above a file, from the top. An object store has none, and would take the first
        for a new bucket."""
        for folder in reversed(PurePosixPath(path).parents):
            if str(folder) not in self._made | {"."}:
                self._fs.makedirs(self._at(str(folder)), exist_ok=True)
                self._made.add(str(folder))


def content_type(path: str) -> str:
    """What a browser must take a file for. Without it, a page is saved and not shown."""
    ending = PurePosixPath(path).suffix.lower()
    return _TYPES.get(ending) or _KNOWN_TYPES.guess_type(path)[0] or "application/octet-stream"


def files_below(root: Path) -> Iterator[Path]:
    """Every file of a folder in order, without following links out of it."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if not file.is_symlink() and file.is_file():
                yield file


def _clear(root: Path, path: str) -> None:
    """Raise where a link or something else is in the way of a file below the target. Whether a file may be replaced
    though it is read-only, is a matter of its folder here, as it always was."""
    try:
        way_clear(root, path)
    except FileNotWritten as error:
        if error.word != "written-closed":
            raise NoTarget(f"{error.place} is in the way") from error


class _Stopped(Exception):
    """It was not begun, since another piece of work failed."""


def in_threads(
    work: Callable[[str], R], paths: Iterable[str], done: Callable[[str, R], None], threads: int = 8
) -> None:
    """Work on several files at a time; `done` is called for each in this thread, as soon as it is.
    After the first failure no further one begins; those that had begun come to their end."""
    from concurrent.futures import ThreadPoolExecutor, as_completed

    stop = Event()

    def one(path: str) -> R:
        if stop.is_set():
            raise _Stopped
        try:
            return work(path)
        except BaseException:
            stop.set()
            raise

    failure: BaseException | None = None
    with ThreadPoolExecutor(threads) as pool:
        begun = {pool.submit(one, path): path for path in paths}
        try:
            for each in as_completed(begun):
                error = each.exception()
                if error is None:
                    done(begun[each], each.result())
                elif not isinstance(error, _Stopped):
                    failure = failure or error
        finally:
            stop.set()
    if failure is not None:
        raise failure


def _held(info: dict[str, Any]) -> TargetFile:
    tag = str(info.get("ETag", "")).strip('"')
    return TargetFile(int(info.get("size") or 0), tag if len(tag) == 32 else "")


@contextmanager
def _told() -> Iterator[None]:
    """Failures of the place as ours. Each driver has exceptions of its own, so all are meant."""
    try:
        yield
    except NoTarget:
        raise
    except Exception as error:
        said = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise NoTarget(" ".join(said.split()) or type(error).__name__) from error
