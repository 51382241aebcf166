"""The pages that a host makes, as files of the site: made anew only where something changed that the host looks at.

The host sees hand-written pages of the folders that `reading:` names, and where all other pages are. What it writes is
taken over file by file; nothing of ours goes through it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from xiangji.cache import Cache
from xiangji.incremental.fingerprint import digest
from xiangji.pages import notes
from xiangji.render.direction import directed
from xiangji.render.outputs import Artifact

if TYPE_CHECKING:
    from xiangji.build import Site
    from xiangji.incremental.fingerprint import InputFingerprint

_FORM = 1
_Files = dict[str, bytes]


class HostFailed(Exception):
    """The host made nothing; the message is its own."""


def is_there() -> bool:
    """Whether the host is installed."""
    try:
        return find_spec("mkdocs") is not None
    except ImportError:
        return False


def host_pages(
    site: Site, config: Path, cache: Cache, now: InputFingerprint | None
) -> tuple[Artifact, ...]:
    """What the host makes of a checked site, by the configuration in a file. `now` are the files that it may look at;
    without it, or where programs take part that nobody released, the host is asked each time. Raises
    `HostFailed`."""
    key = f"reading {_FORM} {digest(_looked_at(site, now))}" if now else ""
    kept = cache.stored(key, _read) if key and site.settings.closed else None
    if kept is None:
        kept = _made(site, config)
        if key:
            cache.store(key, msgspec.msgpack.encode(kept))
    taken = {each.file for each in (*site.own, *site.ready)} | {each.uri for each in site.beside}
    source = config.name
    return tuple(
        Artifact(uri, _directed(uri, kept[uri]), source) for uri in sorted(kept) if uri not in taken
    )


def _directed(uri: str, content: bytes) -> bytes:
    return directed(content) if uri.endswith(".html") else content


def _read(kept: bytes) -> _Files:
    """Raises ValueError where it is none."""
    return msgspec.msgpack.decode(kept, type=_Files)


def _made(site: Site, config: Path) -> _Files:
    from xiangji.hosts.mkdocs_plugin import FAILURES, build_with_host

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            build_with_host(site, config, folder / "site")
        except FAILURES as error:
            raise HostFailed(str(error)) from error
        every = (each for each in (folder / "site").rglob("*") if each.is_file())
        return {each.relative_to(folder / "site").as_posix(): each.read_bytes() for each in every}


def _looked_at(site: Site, now: InputFingerprint) -> Iterator[str]:
    """All that decides what the host makes."""
    assert site.context is not None
    docs = site.settings.docs_dir
    yield now.lasting
    for path in sorted(now.files):
        if not path.startswith(("stories/", "products/", f"{docs}/")):
            yield path
            yield now.files[path]
    for note in site.context.library.notes:
        if site.settings.is_read(note.uri):
            text, blocks = notes.marked(site.context, note.body, note.uri)
            yield from (note.uri, now.files.get(f"{docs}/{note.uri}", ""), text, *blocks)
    for page in (*site.pages, *site.notes):
        yield from (page.address, page.title)
    yield from (each.uri for each in site.beside)
