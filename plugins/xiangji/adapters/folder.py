"""A site into a folder: its pages, and the files that lie beside hand-written ones."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiangji.adapters.files import write_outputs
from xiangji.adapters.mark import Digests
from xiangji.adapters.reuse import Reuse
from xiangji.adapters.strangers import Left
from xiangji.adapters.whole import whole_folder
from xiangji.adapters.workers import Making, Told, write_shards
from xiangji.cache import Cache
from xiangji.pages.output import Artifact, Page
from xiangji.settings import Settings
from xiangji.site import Site
from xiangji.sources.destination import Destination

if TYPE_CHECKING:
    from xiangji.adapters.parcels import Team


class Writing:
    """A site that is being written without any host, to replace what is at a destination when it is whole. Its
    shards may be begun before anything else of it is known."""

    def __init__(self, settings: Settings, to: Destination) -> None:
        self._settings, self._to = settings, to
        self.left = Left()
        """What became of others' files, when it is there."""
        self._opened = ExitStack()
        self._making: Making | None = None
        self._prevented: Exception | None = None
        self._folder = Path()
        self._taken = Reuse(Cache(), to.real, None, {})

    def begin(self, site: Site, reuse: Reuse | None) -> None:
        """Have the shards of a site made from now on, of which nothing was there before. What keeps them
        from it is told at the end, when it is known whether anything is to be written at all: a fault of
        the village that nobody has found yet may be the reason."""
        try:
            self._open(site, reuse, ())
            self._making = self._opened.enter_context(Making(site, self._folder, self._taken))
        except Exception as error:
            self._prevented = error

    def _open(self, site: Site, reuse: Reuse | None, others: tuple[str, ...]) -> None:
        if reuse:
            self._taken = reuse
        self._whole = whole_folder(self._settings, self._to, self._taken.spare)
        self._folder = self._opened.enter_context(self._whole)
        self._taken.begin(self._folder, site.shards, others)

    def end(
        self,
        site: Site,
        progress: Told | None = None,
        reuse: Reuse | None = None,
        team: Team | None = None,
    ) -> int:
        """Write whatever is not there yet, and put the site into its place. Returns the file count. Of one
        whose shards were begun, `reuse` is the one that was given then. Raises OSError."""
        outputs: tuple[Page | Artifact, ...] = (
            *site.own,
            *site.notes,
            *site.reading,
            *site.pages,
            *site.ready,
        )
        beside = {each.uri: each for each in site.beside}
        others = (*(each.file for each in outputs), *beside)
        if self._prevented:
            raise self._prevented
        if self._making is None:
            self._open(site, reuse, others)
        self._taken.meet(site.shards, others)
        for each in outputs:
            self._taken.put(each.file, each.content)
        if self._making is None:
            count = write_shards(site, self._folder, progress, self._taken, team=team)
        else:
            count = self._making.finish(progress)
        for file, found in beside.items():
            if found.content is None:
                self._taken.copy(file, found.source.file)
            else:
                self._taken.put(file, found.content)
        self._taken.end()
        self._whole.files = lambda: self._taken.told(site.shards)
        self._opened.close()
        self.left = self._whole.left
        return count + len(outputs) + len(beside)

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        """One that was not ended goes as if it had never been begun."""
        if kind is None:
            kind, value = Unended, Unended()
        self._opened.__exit__(kind, value, trace)


class Unended(Exception):
    """A site was begun, and then nothing was to be written."""


def write_files(
    site: Site,
    folder: Path,
    digests: Digests,
    progress: Told | None = None,
    team: Team | None = None,
    others: Iterable[Page | Artifact] = (),
) -> int:
    """Write the files of a site below `folder`, and `others`, and tell the digests. Returns the file count."""
    ready = write_outputs((*site.ready, *others), folder)
    digests.add(ready)
    return len(ready) + write_shards(site, folder, progress, digests, team=team)
