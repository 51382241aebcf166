"""Another process that reads folders of products while this one does: it begins with the last.

They meet somewhere. What the other one has read comes packed, as a memo keeps it. Should it fail, whatever it had
is read here as ever: it saves time and decides nothing.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from xiangji.adapters.child import belong_to
from xiangji.adapters.survey import Survey
from xiangji.sources.memo import Memo
from xiangji.sources.village import read_apart
from xiangji.sources.village_folder import VillageFolder

_WORTH = 2_000_000
"""Bytes of records below which one process has read them before a second one has begun."""

_PLACE = struct.Struct("q")
_HERE, _THERE = 0, _PLACE.size
"""Where it is said how far this process has come, and the other one."""


@contextmanager
def reading_ahead(root: Path, now: Survey | None, memo: Memo | None) -> Iterator[None]:
    """Have a second process read the products of a large village of which nothing is known, if there is a
    processor for it."""
    if now is None or memo is None or not memo.empty or not _pays(now):
        yield
        return
    with ExitStack() as opened:
        with suppress(OSError):  # There may be no room for another process.
            ahead = _Ahead(VillageFolder(root).folders("products"), root)
            memo.ahead = opened.enter_context(ahead).read
        yield


def _pays(now: Survey) -> bool:
    several = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
    return several and now.records >= _WORTH


class _Ahead:
    """The other process. Both say which folder they are at before they read it, so that at least one of
    them sees it when they meet."""

    def __init__(self, folders: Sequence[Path], root: Path) -> None:
        self._numbers = {each.name: number for number, each in enumerate(folders)}
        self._shared = mmap.mmap(-1, 2 * _PLACE.size)
        self._say(_HERE, -1)
        self._say(_THERE, len(folders))
        self._found: dict[str, bytes] | None = None
        parent = os.getpid()
        self._end, end = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            try:
                belong_to(parent)
                os.close(self._end)
                self._run(folders, root, end)
            finally:
                os._exit(0)
        os.close(end)

    def _run(self, folders: Sequence[Path], root: Path, end: int) -> None:
        """In the other process: the last folder first, until somebody is there."""
        read, found = read_apart(root), []
        for number in range(len(folders) - 1, -1, -1):
            self._say(_THERE, number)
            if self._said(_HERE) >= number:
                break
            known = read(folders[number])
            found.append((folders[number].name, pickle.dumps(known, pickle.HIGHEST_PROTOCOL)))
        with os.fdopen(end, "wb") as out:
            pickle.dump(dict(found), out)

    def read(self, folder: str) -> bytes | None:
        """What was read of a folder there; None where it has to be read here."""
        number = self._numbers.get(folder)
        if number is None:
            return None
        self._say(_HERE, number)
        if self._said(_THERE) > number:
            return None
        if self._found is None:
            self._found = self._received()
        return self._found.pop(folder, None)

    def _received(self) -> dict[str, bytes]:
        with (
            os.fdopen(os.dup(self._end), "rb") as given,
            suppress(EOFError, pickle.UnpicklingError),
        ):
            found: dict[str, bytes] = pickle.load(given)  # noqa: S301 (from a process that this one has forked)
            return found
        return {}

    def _say(self, who: int, number: int) -> None:
        _PLACE.pack_into(self._shared, who, number)

    def _said(self, who: int) -> int:
        number: int = _PLACE.unpack_from(self._shared, who)[0]
        return number

    def __enter__(self) -> _Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._end)
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
