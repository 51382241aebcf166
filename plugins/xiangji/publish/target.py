"""The places where a site can be published: a local folder, or whatever `fsspec` reaches (`s3://…`).

A folder needs no further package. This module knows nothing of sites: it reads, writes, lists and removes files by
their path below the target.
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
"""The MIME types that Python knows itself, because a Windows registry may call scripts plain text."""

_FRESH = "fresh."
"""The prefix of temporary files that are being written."""

_LARGEST = 2_000_000_000
"""Maximal size in bytes of a file that is read; a page of a site has a thousandth of it."""

_OBJECT_STORES = frozenset(["s3", "s3a"])


class NoTarget(Exception):
    """The target cannot be used, or a file there cannot be read or written. The message says why."""


class NoDriver(NoTarget):
    """The package that reaches such targets is not installed."""


class TargetFile(Struct, frozen=True):
    """A file at the target: its size in bytes, and the MD5 of its content (hexadecimal) where the target reports it."""

    size: int
    md5: str = ""


class Target(ABC):
    """A place that holds files by path. Every failure raises `NoTarget`."""

    @abstractmethod
    def listing(self) -> dict[str, TargetFile]:
        """Return all files by path; an empty dict where the place is empty or does not exist yet."""

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """Return the content of a file, or None if there is none."""

    @abstractmethod
    def put(self, path: str, content: bytes) -> None:
        """Write a file, and replace an existing one."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Remove a file. A file that does not exist is no failure."""

    @abstractmethod
    def in_the_way(self, paths: Iterable[str], listed: Mapping[str, TargetFile]) -> list[str]:
        """Return what would be written over or through although it is no file of `listed`.

        This is a symbolic link, a folder where a file must be, a file where a folder must be, or a name that differs
        from a listed one only in letter case.
        """

    @abstractmethod
    def tidy(self) -> None:
        """Remove the temporary files that a killed publication left."""

    @abstractmethod
    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether the file at the target certainly has this content. Returns False where finding out needs a download."""


def is_url(text: str) -> bool:
    """Whether a target is written as a URL, not as a folder."""
    return "://" in text


def open_target(text: str) -> Target:
    """Return the target for a folder, a `file://` URL or another URL. Raises `NoTarget` or `NoDriver`."""
    if text.startswith("file://"):
        return Folder(Path(url2pathname(urlsplit(text).path)))
    return Remote(text) if is_url(text) else Folder(Path(text))


class Folder(Target):
    """A folder of this computer."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def listing(self) -> dict[str, TargetFile]:
        """Return every regular file below the folder, with its size."""
        found = {}
        with _told():
            for file in files_below(self.root):
                found[file.relative_to(self.root).as_posix()] = TargetFile(file.stat().st_size)
        return found

    def read(self, path: str) -> bytes | None:
        """Return the content of a file; no symbolic link is followed."""
        with _told():
            _clear(self.root, path)
            try:
                return read_regular(self.root / path, _LARGEST, follow=False)
            except FileNotFoundError:
                return None

    def put(self, path: str, content: bytes) -> None:
        """Write a file atomically, so that a visitor never gets half a page."""
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
        """Return the links, folders and files that are in the way."""
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
        """Remove the temporary files of a killed publication."""
        with _told():
            _clear(self.root, MEMORY)
            for left in (self.root / MEMORY).parent.glob(f"{_FRESH}*"):
                left.unlink(missing_ok=True)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that become empty."""
        with _told():
            _clear(self.root, path)
            file = self.root / path
            file.unlink(missing_ok=True)
            for folder in file.parents:
                if folder == self.root:
                    break
                try:
                    folder.rmdir()
                except OSError:  # The folder is not empty.
                    break

    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether size and content are equal. Reading a local file is cheap."""
        return held.size == len(content) and self.read(path) == content


class Remote(Target):
    """A place that `fsspec` reaches."""

    def __init__(self, url: str) -> None:
        self._scheme = url.partition("://")[0]
        with _told():
            try:
                import fsspec

                options = self._options()
                # A cached instance may have another endpoint or other keys, so a new one is made.
                self._fs, root = fsspec.url_to_fs(
                    url, use_listings_cache=False, skip_instance_cache=True, **options
                )
            except ImportError as error:
                raise NoDriver(str(error)) from error
        self._root = str(root).rstrip("/")
        self._made = {""}

    def _options(self) -> dict[str, Any]:
        """Return options so that checksums are sent only where the server requires them.

        Many servers that call themselves S3-compatible reject the checksums that Amazon's library adds by default.
        """
        if self._scheme not in _OBJECT_STORES:
            return {}
        when = "when_required"
        config = {"request_checksum_calculation": when, "response_checksum_validation": when}
        return {"config_kwargs": config}

    def listing(self) -> dict[str, TargetFile]:
        """Return every object below the URL."""
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
        """Return the content of an object, or None if there is none."""
        with _told():
            try:
                return bytes(self._fs.cat_file(self._at(path)))
            except FileNotFoundError:
                return None

    def put(self, path: str, content: bytes) -> None:
        """Write an object with its MIME type."""
        more = {"ContentType": content_type(path)} if self._scheme in _OBJECT_STORES else {}
        with _told():
            if not more:
                self._make_folders(path)
            self._fs.pipe_file(self._at(path), content, **more)

    def remove(self, path: str) -> None:
        """Remove an object."""
        with _told(), suppress(FileNotFoundError):
            self._fs.rm_file(self._at(path))

    def in_the_way(self, paths: Iterable[str], listed: Mapping[str, TargetFile]) -> list[str]:
        """Return an empty list: there are no links, and every object key is a name of its own."""
        return []

    def tidy(self) -> None:
        """Do nothing, because an object is written completely or not at all."""

    def same(self, path: str, content: bytes, held: TargetFile) -> bool:
        """Whether the MD5 that the place reports is that of the content."""
        # An object store's ETag is the MD5, except for encrypted or multipart objects; there it
        # differs from every MD5.
        return (
            bool(held.md5) and held.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
        )

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _make_folders(self, path: str) -> None:
        """Create the folders above a file, from the top.

        An object store has no folders; it would take the first one for a new bucket.
        """
        for folder in reversed(PurePosixPath(path).parents):
            if str(folder) not in self._made | {"."}:
                self._fs.makedirs(self._at(str(folder)), exist_ok=True)
                self._made.add(str(folder))


def content_type(path: str) -> str:
    """Return the MIME type for a file name. Without it, a browser saves a page instead of showing it."""
    ending = PurePosixPath(path).suffix.lower()
    return _TYPES.get(ending) or _KNOWN_TYPES.guess_type(path)[0] or "application/octet-stream"


def files_below(root: Path) -> Iterator[Path]:
    """Yield every file of a folder, in sorted order. Symbolic links are not followed."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            file = Path(folder, name)
            if not file.is_symlink() and file.is_file():
                yield file


def _clear(root: Path, path: str) -> None:
    """Raise NoTarget if a link or anything else is in the way of a file below the target.

    A read-only file is accepted: whether it may be replaced depends on the permissions of its folder.
    """
    try:
        way_clear(root, path)
    except FileNotWritten as error:
        if error.word != "written-closed":
            raise NoTarget(f"{error.place} is in the way") from error


class _Stopped(Exception):
    """The work was not started, because other work failed before."""


def in_threads(
    work: Callable[[str], R], paths: Iterable[str], done: Callable[[str, R], None], threads: int = 8
) -> None:
    """Run `work` for several paths at a time, and call `done` in this thread for each that ends.

    After the first failure no further work starts; work that has started is completed. Then the failure is raised.
    """
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
    """Translate every failure of the target into NoTarget. Each driver has its own exceptions, so all are caught."""
    try:
        yield
    except NoTarget:
        raise
    except Exception as error:
        said = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise NoTarget(" ".join(said.split()) or type(error).__name__) from error
