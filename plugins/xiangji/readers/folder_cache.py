"""Caches what was read from the folders of products: in memory for a preview, which reads a village again and again,
and in the village's cache for the next command.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from xiangji.readers.kept_records import KeptRecords, ReadFolder


class FolderCache(Struct):
    """A cache of read folders. `digests` has the digest of the present content by folder name.

    A folder without digest is always read. `kept` has what earlier commands read.
    """

    digests: Mapping[str, str]
    kept: KeptRecords | None = None
    _before: dict[str, tuple[str, ReadFolder]] = field(default_factory=dict)
    _now: dict[str, tuple[str, ReadFolder]] = field(default_factory=dict)
    """Digest and result by folder name. Records are immutable, so a cached result can be returned again."""

    def recall(self, folder: str) -> ReadFolder | None:
        """The cached result for a folder. None if its digest has changed or is unknown."""
        digest = self.digests.get(folder)
        if digest is None:
            return None
        if self.kept:
            return self.kept.recall(folder, digest)
        before = self._before.get(folder)
        if before is None or before[0] != digest:
            return None
        self._now[folder] = before
        return before[1]

    def keep(self, folder: str, read: ReadFolder) -> None:
        """Store the result for a folder, if the folder has a digest."""
        digest = self.digests.get(folder)
        if digest is None:
            return
        if self.kept:
            self.kept.keep(folder, digest, read)
        else:
            self._now[folder] = digest, read

    def after(self, digests: Mapping[str, str]) -> FolderCache:
        """A cache for the next reading, with the new digests and the results stored here."""
        later = FolderCache(digests)
        later._before = self._now or self._before
        return later
