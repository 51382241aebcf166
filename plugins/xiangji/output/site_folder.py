"""Writes a site into a folder: its pages, its shards, and the files beside hand-written pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from xiangji.build import Site
from xiangji.cache import Cache
from xiangji.incremental.standby import Standby
from xiangji.output.build_mark import Digests
from xiangji.output.files import write_outputs
from xiangji.output.foreign_files import ForeignFiles
from xiangji.output.guarded_folder import whole_folder
from xiangji.readers.site.destination import Destination
from xiangji.render.outputs import Artifact, Page
from xiangji.shards.processes import Told, write_shards

if TYPE_CHECKING:
    from xiangji.shards.remote import ShardExecutor


def write_site(
    site: Site,
    to: Destination,
    reuse: Standby | None = None,
    progress: Told | None = None,
    team: ShardExecutor | None = None,
) -> tuple[int, ForeignFiles]:
    """Write a site, and replace the destination with it when it is complete. Files that `reuse` still holds are kept.

    Returns the number of files, and what happened to foreign files. Raises OSError, and
    `guarded_folder.ReplacementRefused`.
    """
    outputs: tuple[Page | Artifact, ...] = (
        *site.own, *site.notes, *site.reading, *site.pages, *site.ready,
    )  # fmt: skip
    beside = {each.uri: each for each in site.beside}
    others = (*(each.file for each in outputs), *beside)
    taken = reuse or Standby(Cache(), to.real, None, None)
    whole = whole_folder(site.settings, to, taken.spare)
    with whole as folder:
        taken.begin(folder, site.shards, others)
        for each in outputs:
            taken.put(each.file, each.content)
        count = write_shards(site, folder, progress, taken, team=team)
        for file, found in beside.items():
            if found.content is None:
                taken.copy(file, found.source.file)
            else:
                taken.put(file, found.content)
        taken.end()
        whole.files = lambda: taken.told(site.shards)
    return count + len(outputs) + len(beside), whole.left


def write_files(
    site: Site,
    folder: Path,
    digests: Digests,
    progress: Told | None = None,
    team: ShardExecutor | None = None,
    others: Iterable[Page | Artifact] = (),
) -> int:
    """Write the site's other files, its shards and `others` below `folder`, and record their digests.

    Returns the number of files.
    """
    ready = write_outputs((*site.ready, *others), folder)
    digests.add(ready)
    return len(ready) + write_shards(site, folder, progress, digests, team=team)
