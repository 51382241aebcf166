"""A cache for results that are expensive to make. It can be deleted at any time.

Only entries that this user wrote are used. A village is copied, cloned and unpacked from strangers' archives,
together with its `.cache`. So each entry begins with a keyed digest of its cache key and content. The secret is kept
outside of every village. An entry that another computer or user wrote does not match, and is made again. Entries are
data, except for compiled templates and regular expressions, which are never stored in a village (see `installed`).
"""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache as once
from hashlib import blake2b, sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

import msgspec

from xiangji.model.parsing.late_pattern import CODES, PatternCode
from xiangji.regular_file import read_regular

T = TypeVar("T")

_VERSION = "2"
_DIGEST = 32
"""Length in bytes of the digest at the beginning of each entry."""

_SIZE_LIMIT = 256_000_000
"""Maximum size of an entry in bytes. The file list of 100,000 batches takes a sixth of it."""


class Cache:
    """A store of bytes by key. Without a folder it stores nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder: Path | None = None
        # Through a link, somebody could make us write into another folder.
        if folder and not any(
            _is_link(each) for each in (*_hidden_parent(folder), folder, folder / _VERSION)
        ):
            self._folder = folder / _VERSION

    def made(self, key: str, make: Callable[[], bytes], read: Callable[[bytes], T]) -> T:
        """The value that `read` makes from the bytes stored under `key`.

        If there are none, or if `read` fails on them, they are made by `make` and stored.
        """
        stored = self.stored(key, read)
        if stored is not None:
            return stored
        content = make()
        self.store(key, content)
        return read(content)

    def stored(self, key: str, read: Callable[[bytes], T]) -> T | None:
        """The value that `read` makes from the bytes stored under `key`.

        If there are none, or if `read` fails on them, they are made by `make` and stored.
        """
        content = self._content(key)
        if content is None:
            return None
        try:
            return read(content)
        except Exception:  # The entry is of another version.
            return None

    def _content(self, key: str) -> bytes | None:
        if not self._folder:
            return None
        try:
            raw = read_regular(self._file(self._folder, key), _SIZE_LIMIT, follow=False)
        except OSError:
            return None
        digest, content = raw[:_DIGEST], raw[_DIGEST:]
        return content if digest == _digest_of(key, (content,)) else None

    def store(self, key: str, content: bytes) -> None:
        """Store `content` under `key`."""
        self.store_pieces(key, (content,))

    def store_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        """Store content piece by piece as it is made, when it is too large to be copied in memory."""
        if self._folder:
            _write(self._file(self._folder, key), key, pieces)

    def place(self, key: str) -> Path | None:
        """The path of a folder for `key`, which may not exist; None if nothing is stored.

        The cache does not protect its content, so the caller has to check it.
        """
        name = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        return self._folder / "places" / name if self._folder else None

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        name = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        return folder / name[:2] / name[2:]


def _hidden_parent(folder: Path) -> tuple[Path, ...]:
    """The hidden folder that contains the cache of a village, as a tuple of none or one."""
    return (folder.parent,) if folder.parent.name.startswith(".") else ()


def _is_link(place: Path) -> bool:
    # On Windows a junction is no symbolic link, but leads elsewhere too.
    return place.is_symlink() or (
        os.name == "nt" and place.exists() and place.resolve() != place.absolute()
    )


def _digest_of(key: str, pieces: Iterable[bytes]) -> bytes:
    made = _digest(key)
    for each in pieces:
        made.update(each)
    return made.digest()


def _digest(key: str) -> blake2b:
    """A keyed digest that starts with the cache key, so that an entry moved to another key's file does not match."""
    made = blake2b(digest_size=_DIGEST, key=secret())
    name = key.encode("utf-8", "surrogateescape")
    made.update(len(name).to_bytes(8))
    made.update(name)
    return made


def _write(file: Path, key: str, pieces: Iterable[bytes]) -> None:
    """Write an entry to a temporary file and rename it (atomic). A failure is ignored: the entry is then made again."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        if _is_link(file.parent):
            return
        handle, name = tempfile.mkstemp(dir=file.parent)
        digest = _digest(key)
        with os.fdopen(handle, "wb") as out:
            out.write(bytes(_DIGEST))
            for each in pieces:
                digest.update(each)
                out.write(each)
            out.seek(0)
            out.write(digest.digest())
        Path(name).replace(file)


# --- outside of every village ------------------------------------------------------------------------


@once
def secret() -> bytes:
    """32 random bytes of this user on this computer, which authenticate cache entries.

    If they cannot be kept in a file, they are random per process, and entries of other processes are not used.
    """
    folder = _user_folder("LOCALAPPDATA", "XDG_STATE_HOME", (".local", "state"))
    kept = (_kept_secret(folder) or _kept_secret(folder)) if folder else None
    return kept or os.urandom(_DIGEST)


def _kept_secret(folder: Path) -> bytes | None:
    """The secret in a file of `folder`, which is created if missing.

    None if that failed, or if another process created it at the same time.
    """
    file = folder / "cache.key"
    with suppress(OSError):
        kept = read_regular(file, _DIGEST)
        if len(kept) == _DIGEST:
            return kept
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # It is truncated, or no regular file.
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as out:
            out.write(os.urandom(_DIGEST))
        Path(name).rename(file)
        return read_regular(file, _DIGEST)
    return None


def _user_folder(windows: str, variable: str, usual: tuple[str, ...]) -> Path | None:
    """The program's folder among the user's own files, where each system has them; None if the user has no home."""
    given = os.environ.get(windows if os.name == "nt" else variable)
    if given and Path(given).is_absolute():
        return Path(given) / "xiangji"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home.joinpath(*usual, "xiangji") if home.is_dir() else None


def installed() -> Cache:
    """The cache of this installation, for all villages.

    It is beside Python's own bytecode; if Python may not write there, it is among the user's files. It is never in a
    village, because compiled templates are executable code.
    """
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return Cache(_user_folder("LOCALAPPDATA", "XDG_CACHE_HOME", (".cache",)))
    return Cache(folder / "made")


def kept_for_user(name: str) -> Cache:
    """A store among the user's own files, for what commands must find again and no village contains."""
    folder = _user_folder("LOCALAPPDATA", "XDG_STATE_HOME", (".local", "state"))
    return Cache(folder / name if folder else None)


_PATTERNS = f"patterns 1 {sys.version}"


@once
def keep_patterns() -> None:
    """Read the regular expressions that earlier runs compiled, and write them at the end if this one compiled more."""
    kept = installed()
    read = msgspec.msgpack.Decoder(dict[str, PatternCode]).decode
    CODES.update(kept.stored(_PATTERNS, read) or {})
    before = len(CODES)

    def write() -> None:
        if len(CODES) > before:
            kept.store(_PATTERNS, msgspec.msgpack.encode(CODES))

    atexit.register(write)
