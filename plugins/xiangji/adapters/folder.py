"""A site into a folder: written beside it, then swapped in whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

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


class fresh_folder:
    """A new folder beside `out` that takes its place when the block ends without an error.

    Whatever goes wrong before that, the folder that was there stays as it was.
    """

    def __init__(self, out: Path) -> None:
        self._out = out.resolve()

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        self._fresh = Path(tempfile.mkdtemp(prefix=f".{self._out.name}.", dir=self._out.parent))
        self._fresh.chmod(0o755)
        return self._fresh

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is not None:
            shutil.rmtree(self._fresh, ignore_errors=True)
            return
        old = Path(tempfile.mkdtemp(prefix=f".{self._out.name}.old.", dir=self._out.parent))
        if self._out.exists():
            self._out.replace(old / "site")
        try:
            self._fresh.replace(self._out)
        except OSError:
            with suppress(OSError):
                (old / "site").replace(self._out)
            raise
        finally:
            if self._out.exists():
                shutil.rmtree(old, ignore_errors=True)
