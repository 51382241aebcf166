"""A site into a folder: its pages, and the files that lie beside hand-written ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from xiangji.adapters.swap import fresh_folder
from xiangji.pages.output import Artifact, Page
from xiangji.site import Site


def write_site(site: Site, out: Path) -> int:
    """Write a whole site without any host, replacing what was in `out`. Returns the file count."""
    with fresh_folder(out) as folder:
        written = write_outputs((*site.own, *site.notes, *site.pages, *site.artifacts), folder)
        return written + _copy_files(site, folder)


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> int:
    """Write outputs below `folder`. Returns how many."""
    count = 0
    for output in outputs:
        content = output.document.encode() if isinstance(output, Page) else output.content
        target = folder / output.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


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
