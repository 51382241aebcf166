"""Caches in memory what was read from each folder, for the preview, which reads a village again and again.

The cache is never stored in the village, because anybody could change it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class FolderCache(Struct):
    """A cache of read folders. `digests` has the digest of the present content by folder name.

    A folder without digest is always read.
    """

    digests: Mapping[str, str]
    _before: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _now: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """Digest and result by folder name. Records are immutable, so a cached result can be returned again."""

    def recall(self, folder: str) -> Any:
        """The cached result for a folder. None if its digest has changed or is unknown."""
        digest = self.digests.get(folder)
        if digest is None:
            return None
        before = self._before.get(folder)
        if before is None or before[0] != digest:
            return None
        self._now[folder] = before
        return before[1]

    def keep(self, folder: str, read: Any) -> None:
        """Store the result for a folder, if the folder has a digest."""
        digest = self.digests.get(folder)
        if digest is not None:
            self._now[folder] = digest, read

    def after(self, digests: Mapping[str, str]) -> FolderCache:
        """A cache for the next reading, with the new digests and the results stored here."""
        later = FolderCache(digests)
        later._before = self._now or self._before
        return later
