"""What was read of a folder, kept in memory for as long as the folder stays as it is: for a preview, which reads a
village again and again.

Nothing of it is ever stored in a village: what comes back from there could have been written by anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class FolderCache(Struct):
    """What is known of folders by name. `digests` tell what is in each now: a folder that they do not name is read."""

    digests: Mapping[str, str]
    _before: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _now: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """With a digest each: what was read. Records do not change, so one that is here may be had again as it is."""

    def recall(self, folder: str) -> Any:
        """What was kept of a folder that is as it was; None where it is not."""
        digest = self.digests.get(folder)
        if digest is None:
            return None
        before = self._before.get(folder)
        if before is None or before[0] != digest:
            return None
        self._now[folder] = before
        return before[1]

    def keep(self, folder: str, read: Any) -> None:
        """Keep what was read of a folder."""
        digest = self.digests.get(folder)
        if digest is not None:
            self._now[folder] = digest, read

    def after(self, digests: Mapping[str, str]) -> FolderCache:
        """A memo of the same folders as they are later, with what this one knows."""
        later = FolderCache(digests)
        later._before = self._now or self._before
        return later
