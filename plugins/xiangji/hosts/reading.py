"""Returns the pages that a host makes as files of the site, from the cache if the host's inputs are unchanged.

The host gets the hand-written pages of the folders that `reading:` names, and the addresses of all other pages. The
files that it writes are added to the site; no file of ours passes through the host.
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
from xiangji.render.outputs import Artifact
from xiangji.views.languages import directed

if TYPE_CHECKING:
    from xiangji.build import Site
    from xiangji.incremental.fingerprint import InputFingerprint

_FORM = 1
_Files = dict[str, bytes]


class HostFailed(Exception):
    """The host failed. The message is the host's own."""


def is_there() -> bool:
    """Whether the host is installed."""
    try:
        return find_spec("mkdocs") is not None
    except ImportError:
        return False


def host_pages(
    site: Site, config: Path, cache: Cache, now: InputFingerprint | None
) -> tuple[Artifact, ...]:
    """Return the files that the host makes for a checked site with the configuration file `config`.

    `now` holds the digests of the files that the host may read. Without `now`, or if third-party plugins that are not
    approved take part (`settings.closed` is false), the host runs every time. Raises `HostFailed`.
    """
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
    """Decode a cache entry. Raises ValueError if it is invalid."""
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
    """Yield everything that determines the host's output, for the cache key."""
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
