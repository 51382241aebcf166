"""What was read of a folder, kept for as long as the folder stays as it is.

Reading a batch takes six times as long as unpacking what was read. The store holds its own digest
(`cache`), so a damaged one is no store; like compiled Python beside its source, it is only as trustworthy
as the folder it lies in.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from io import BytesIO
from typing import Any

from xiangji.cache import Cache
from xiangji.frozen import dataclass


def _nobody(_folder: str) -> None:
    """Nobody reads ahead."""


@dataclass(slots=True)
class Memo:
    """What is known of folders by name. `digests` tell what is in each now, the program included: a
    folder that they do not name is read. Without a name nothing is stored."""

    cache: Cache
    name: str
    digests: Mapping[str, str]
    ahead: Callable[[str], bytes | None] = _nobody
    """What somebody else has read of a folder meanwhile, packed."""
    _before: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _now: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """With a digest each: what was read, packed if it comes from the store. Records do not change, so
    one that is here may be had again as it is."""

    def __post_init__(self) -> None:
        stored = self.cache.stored(f"memo {_FORM} {self.name}")
        if stored is not None:
            self._before = dict(_rows(stored))

    def recall(self, folder: str) -> Any:
        """What was kept of a folder that is as it was; None where it is not."""
        before = self._before.get(folder)
        digest = self.digests.get(folder)
        if digest is None:
            return None
        if before is None or before[0] != digest:
            packed = self.ahead(folder)
            if packed is None:
                return None
            before = digest, packed
        self._now[folder] = before
        return pickle.loads(before[1]) if isinstance(before[1], bytes) else before[1]

    def keep(self, folder: str, read: Any) -> None:
        """Keep what was read of a folder."""
        digest = self.digests.get(folder)
        if digest is not None:
            self._now[folder] = digest, read

    @property
    def empty(self) -> bool:
        """Whether nothing is known of any folder."""
        return not self._before

    def after(self, digests: Mapping[str, str]) -> Memo:
        """A memo of the same folders as they are later, with what this one knows."""
        later = Memo(self.cache, self.name, digests)
        later._before = self._now or self._before
        return later

    def close(self) -> None:
        """Store what is known now, if that is something else than before; once."""
        of = [
            {folder: each[0] for folder, each in some.items()} for some in (self._now, self._before)
        ]
        if self.name and of[0] != of[1]:
            # One folder after another: all of them at once would be the village once more.
            rows = (
                (folder, (digest, _packed(read))) for folder, (digest, read) in self._now.items()
            )
            self.cache.store_pieces(f"memo {_FORM} {self.name}", map(pickle.dumps, rows))
        self._before = self._now


_FORM = 2


def _rows(stored: bytes) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """The folders, each with its digest and what was read."""
    file = BytesIO(stored)
    while file.tell() < len(stored):
        yield pickle.load(file)


def _packed(read: Any) -> bytes:
    return read if isinstance(read, bytes) else pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
