"""A store of what is expensive to make: safe to delete, and nothing in it is believed that this user did not write.

A village is copied, cloned and unpacked from strangers' archives, its `.cache` with it. So each entry carries a
digest of its key and its content, keyed with a secret that lies outside of every village: what another computer
or another person wrote does not match, and is made again. What is stored is data; nothing here is code.
"""

from __future__ import annotations

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

from xiangji.regular_file import read_regular

T = TypeVar("T")

_VERSION = "2"
_DIGEST = 32
"""Bytes of digest at the beginning of each entry."""

_LARGEST = 256_000_000
"""Bytes of an entry; what is known of the files of 100,000 batches takes a sixth of it."""


class Cache:
    """Bytes by key. Without a folder it remembers nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder: Path | None = None
        # Whoever lays a link there would have us write where it leads.
        if folder and not any(
            _is_link(each) for each in (*_above(folder), folder, folder / _VERSION)
        ):
            self._folder = folder / _VERSION

    def made(self, key: str, make: Callable[[], bytes], read: Callable[[bytes], T]) -> T:
        """What `read` makes of the bytes stored under `key`, or of those that `make` returns, which are then
        stored. `read` is not called for the sake of its errors: what it cannot read is made again."""
        stored = self.stored(key, read)
        if stored is not None:
            return stored
        content = make()
        self.store(key, content)
        return read(content)

    def stored(self, key: str, read: Callable[[bytes], T]) -> T | None:
        """What `read` makes of the bytes stored under `key`, or None where there are none or it raises."""
        content = self._content(key)
        if content is None:
            return None
        try:
            return read(content)
        except Exception:  # Of another version, or not what its key says: as if it were not there.
            return None

    def _content(self, key: str) -> bytes | None:
        if not self._folder:
            return None
        try:
            raw = read_regular(self._file(self._folder, key), _LARGEST, follow=False)
        except OSError:
            return None
        digest, content = raw[:_DIGEST], raw[_DIGEST:]
        return content if digest == _digest_of(key, (content,)) else None

    def store(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        self.store_pieces(key, (content,))

    def store_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep under `key` what is too much to lie in memory once more: written as it is made."""
        if self._folder:
            _write(self._file(self._folder, key), key, pieces)

    def place(self, key: str) -> Path | None:
        """A folder under `key`, there or not, for what is no bytes; whoever uses it does not trust it
        blindly either. None where nothing is remembered."""
        name = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        return self._folder / "places" / name if self._folder else None

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        name = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        return folder / name[:2] / name[2:]


def _above(folder: Path) -> tuple[Path, ...]:
    """The hidden folder that the cache of a village lies in."""
    return (folder.parent,) if folder.parent.name.startswith(".") else ()


def _is_link(place: Path) -> bool:
    # On Windows a junction is no symbolic link, and leads elsewhere all the same.
    return place.is_symlink() or (
        os.name == "nt" and place.exists() and place.resolve() != place.absolute()
    )


def _digest_of(key: str, pieces: Iterable[bytes]) -> bytes:
    made = _digest(key)
    for each in pieces:
        made.update(each)
    return made.digest()


def _digest(key: str) -> blake2b:
    """A digest that begins with the key: an entry at the place of another is none."""
    made = blake2b(digest_size=_DIGEST, key=secret())
    name = key.encode("utf-8", "surrogateescape")
    made.update(len(name).to_bytes(8))
    made.update(name)
    return made


def _write(file: Path, key: str, pieces: Iterable[bytes]) -> None:
    """Store by renaming; a cache that cannot be written is no reason to stop."""
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
    """32 random bytes of this user on this computer, by which we know what we wrote. Where they cannot be kept,
    those of this process: then nothing is believed that another process stored."""
    folder = _users("LOCALAPPDATA", "XDG_STATE_HOME", (".local", "state"))
    kept = (_kept_secret(folder) or _kept_secret(folder)) if folder else None
    return kept or os.urandom(_DIGEST)


def _kept_secret(folder: Path) -> bytes | None:
    """The secret in a file of `folder`, made there if there is none; None where that failed, or where somebody else
    was quicker."""
    file = folder / "cache.key"
    with suppress(OSError):
        kept = read_regular(file, _DIGEST)
        if len(kept) == _DIGEST:
            return kept
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # Cut short, or no file at all.
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as out:
            out.write(os.urandom(_DIGEST))
        Path(name).rename(file)
        return read_regular(file, _DIGEST)
    return None


def _users(windows: str, variable: str, usual: tuple[str, ...]) -> Path | None:
    """A folder of ours among those of this user, as each system names them; None where the user has none."""
    given = os.environ.get(windows if os.name == "nt" else variable)
    if given and Path(given).is_absolute():
        return Path(given) / "xiangji"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home.joinpath(*usual, "xiangji") if home.is_dir() else None


def installed() -> Cache:
    """What an installation makes once for all villages: kept beside Python's own bytecode, or where Python keeps
    none or may not write, among the user's own files. Never in a village: compiled templates are code."""
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return Cache(_users("LOCALAPPDATA", "XDG_CACHE_HOME", (".cache",)))
    return Cache(folder / "made")


def kept_for_user(name: str) -> Cache:
    """What this user's own commands must find again though it is in no village: among the user's own files."""
    folder = _users("LOCALAPPDATA", "XDG_STATE_HOME", (".local", "state"))
    return Cache(folder / name if folder else None)
