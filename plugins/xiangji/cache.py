"""A content-addressed store for what is expensive to make: safe to delete, never trusted blindly.

Each entry carries the SHA-256 of its content; an entry that does not match is made again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

_VERSION = "1"


class Cache:
    """Bytes by key. Without a folder it remembers nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder / _VERSION if folder else None

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes stored under `key`, or those that `make` returns, which are then stored."""
        stored = self.stored(key)
        if stored is not None:
            return stored
        content = make()
        self.store(key, content)
        return content

    def stored(self, key: str) -> bytes | None:
        """The bytes stored under `key`, or None; for those who make several things at once."""
        return _read(self._file(self._folder, key)) if self._folder else None

    def store(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`."""
        self.store_pieces(key, (content,))

    def store_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep under `key` what is too much to lie in memory once more: written as it is made."""
        if self._folder:
            _write(self._file(self._folder, key), pieces)

    def place(self, key: str) -> Path | None:
        """A folder under `key`, there or not, for what is no bytes; whoever uses it does not trust it
        blindly either. None where nothing is remembered."""
        name = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        return self._folder / "places" / name if self._folder else None

    @staticmethod
    def _file(folder: Path, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return folder / name[:2] / name[2:]


def _read(file: Path) -> bytes | None:
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    digest, content = raw[:32], raw[32:]
    return content if hashlib.sha256(content).digest() == digest else None


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    """Store by renaming; a cache that cannot be written is no reason to stop."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as out:
            out.write(digest.digest())
            for each in pieces:
                digest.update(each)
                out.write(each)
            out.seek(0)
            out.write(digest.digest())
        Path(name).replace(file)


def installed() -> Cache | None:
    """What an installation makes once for all villages, kept beside Python's own bytecode; None where Python
    keeps none, or may not write there."""
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return Cache(folder / "made")
