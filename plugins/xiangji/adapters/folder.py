"""A site into a folder: its pages, and the files that lie beside hand-written ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from xiangji.adapters.files import write_outputs
from xiangji.adapters.ledger import Reuse
from xiangji.adapters.parcels import Team
from xiangji.adapters.swap import fresh_folder
from xiangji.adapters.workers import Told, write_shards
from xiangji.site import Site


def write_site(
    site: Site,
    out: Path,
    progress: Told | None = None,
    reuse: Reuse | None = None,
    team: Team | None = None,
) -> int:
    """Write a whole site without any host, replacing what was in `out`. Returns the file count."""
    with fresh_folder(out) as folder:
        written = write_outputs((*site.own, *site.notes, *site.pages), folder)
        written += write_files(site, folder, progress, reuse, team)
        return written + _copy_files(site, folder)


def write_files(
    site: Site,
    folder: Path,
    progress: Told | None = None,
    reuse: Reuse | None = None,
    team: Team | None = None,
) -> int:
    """Write all that is no page of a host below `folder`. Returns the file count."""
    return write_outputs(site.ready, folder) + write_shards(
        site, folder, progress, reuse, team=team
    )


def _copy_files(site: Site, folder: Path) -> int:
    """Pictures and other files that lie beside the hand-written pages."""
    docs = site.settings.root / site.settings.docs_dir
    count = 0
    for file in sorted(docs.rglob("*")) if docs.is_dir() else ():
        relative = file.relative_to(docs)
        hidden = any(part.startswith(".") for part in relative.parts)
        if file.is_file() and not file.is_symlink() and file.suffix != ".md" and not hidden:
            target = folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
            count += 1
    return count
