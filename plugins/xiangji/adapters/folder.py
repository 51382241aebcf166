"""A site into a folder: its pages, and the files that lie beside hand-written ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xiangji.adapters.files import write_outputs
from xiangji.adapters.parcels import Team
from xiangji.adapters.reuse import Reuse
from xiangji.adapters.swap import fresh_folder
from xiangji.adapters.workers import Told, write_shards
from xiangji.cache import Cache
from xiangji.pages.output import Artifact, Page
from xiangji.site import Site


def write_site(
    site: Site,
    out: Path,
    progress: Told | None = None,
    reuse: Reuse | None = None,
    team: Team | None = None,
) -> int:
    """Write a whole site without any host, replacing what was in `out`. Returns the file count."""
    outputs: tuple[Page | Artifact, ...] = (*site.own, *site.notes, *site.pages, *site.ready)
    beside = dict(_files_beside(site))
    taken = reuse or Reuse(Cache(), out, None, {})
    with fresh_folder(out, spare=taken.spare) as folder:
        taken.begin(folder, site.shards, (*(each.file for each in outputs), *beside))
        for each in outputs:
            taken.put(each.file, each.content)
        count = write_shards(site, folder, progress, reuse, team=team)
        for file, source in beside.items():
            taken.copy(file, source)
        if reuse:
            reuse.end()
        return count + len(outputs) + len(beside)


def write_files(
    site: Site, folder: Path, progress: Told | None = None, team: Team | None = None
) -> int:
    """Write all that is no page of a host below `folder`. Returns the file count."""
    return write_outputs(site.ready, folder) + write_shards(site, folder, progress, team=team)


def _files_beside(site: Site) -> Iterator[tuple[str, Path]]:
    """Pictures and other files that lie beside the hand-written pages, by their paths in the site."""
    docs = site.settings.root / site.settings.docs_dir
    for file in sorted(docs.rglob("*")) if docs.is_dir() else ():
        relative = file.relative_to(docs)
        hidden = any(part.startswith(".") for part in relative.parts)
        if file.is_file() and not file.is_symlink() and file.suffix != ".md" and not hidden:
            yield relative.as_posix(), file
