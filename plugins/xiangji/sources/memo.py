"""What was read of a folder, kept for as long as the folder stays as it is.

Reading a batch takes six times as long as unpacking what was read. The store holds its own digest
(`cache`), so a damaged one is no store; like compiled Python beside its source, it is only as trustworthy
as the folder it lies in.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xiangji.cache import Cache


@dataclass(slots=True)
class Memo:
    """What is known of folders by name. `digests` tell what is in each now, the program included: a
    folder that they do not name is read."""

    cache: Cache
    name: str
    digests: Mapping[str, str]
    _before: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _now: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stored = self.cache.stored(f"memo {self.name}")
        if stored is not None:
            self._before = pickle.loads(stored)

    def recall(self, folder: str) -> Any:
        """What was kept of a folder that is as it was; None where it is not."""
        before = self._before.get(folder)
        if before is None or before[0] != self.digests.get(folder):
            return None
        self._now[folder] = before
        return pickle.loads(before[1])

    def keep(self, folder: str, read: Any) -> None:
        """Keep what was read of a folder."""
        digest = self.digests.get(folder)
        if digest is not None:
            self._now[folder] = digest, pickle.dumps(read, pickle.HIGHEST_PROTOCOL)

    def close(self) -> None:
        """Store what is known now, if that is something else than before."""
        if self._now != self._before:
            self.cache.store(f"memo {self.name}", pickle.dumps(self._now))
