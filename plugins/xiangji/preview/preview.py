"""Holds the site of a village in memory and answers requests from the present state of its files.

No request waits for a complete build. A request for a page checks the source files, reads the changed ones again and
makes that one page. Files that nobody requests are never made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.build import Site, build
from xiangji.cache import Cache
from xiangji.clock import today
from xiangji.images.worker import Progress
from xiangji.incremental.fingerprint import Index, by_product, content, digest, look
from xiangji.incremental.snapshot import SnapshotUnsure
from xiangji.preview.notice import notice_of, with_notice
from xiangji.problems import Problem
from xiangji.readers.config import read_settings
from xiangji.readers.folder_cache import FolderCache
from xiangji.regular_file import read_regular
from xiangji.render.outputs import Artifact, Page, Shard
from xiangji.settings import Settings

Tell = Callable[[tuple[Problem, ...]], None]
CHANGES = "-/changes"
"""The path of the event stream that reports changes. No page of a site has such an address."""

_PICTURES = urls.asset("")
"""The address prefix of posters and photos."""

_PATIENCE = 60.0
"""Seconds that a request waits for a picture that is being made."""

_LARGEST = 100_000_000
"""Maximal size in bytes of a file that the host made; it is held in memory while it is sent."""

_RELOAD = (
    "<script>(()=>{let seen;new EventSource('/" + CHANGES + "').onmessage=e=>{"
    "if(seen&&seen!==e.data)location.reload();seen=e.data}})()</script>"
)


class Answer(Struct, frozen=True):
    """The answer to a request. `kind` is the MIME type."""

    status: int
    kind: str
    content: bytes
    to: str = ""
    """The address to redirect to."""


class Preview:
    """The preview of the village that `config` describes.

    Its codes lead where the printed codes lead, or to `site_url` if that is given.
    """

    def __init__(
        self, config: Path, site_url: str | None, tell: Tell, progress: Progress | None = None
    ) -> None:
        self._config = config
        self._site_url = site_url
        self._tell = tell
        self._progress = progress
        self._finished = threading.Event()
        """Set when posters and photos of the last site are made."""
        self._lock = threading.RLock()
        self._cache = Cache(config.parent / ".cache" / "xiangji")
        self._index: Index = {}
        self._files: dict[str, str] | None = None
        self._memo = FolderCache({})
        self._site: Site | None = None
        self._made: dict[str, Callable[[], bytes]] = {}
        self._notice = ""
        self.hosted: tuple[str, Path] | None = None
        """The state for which the host's pages were built, and the folder that holds them."""

    @property
    def state(self) -> str:
        """A digest of the files as they were at the last check."""
        return digest(each for item in sorted((self._files or {}).items()) for each in item)

    @property
    def site(self) -> Site | None:
        """The last site that could be built."""
        return self._site

    def look(self) -> bool:
        """Check the files. If something changed, read the village again and return True."""
        with self._lock:
            root, settings = self._config.parent, self._settings()
            out = root / settings.site_dir
            try:
                files, self._index = look(root, out, self._index, content(settings))
            except (
                OSError,
                SnapshotUnsure,
            ):  # The files changed during the check, or cannot be compared at all: read everything.
                files = {}
            if files == self._files and files:
                return False
            self._files = files
            self._read()
            return True

    def _settings(self) -> Settings:
        """Return the settings that say which files are checked."""
        return self._site.settings if self._site else read_settings(self._config, today(), None)[0]

    def _read(self) -> None:
        settings, found = read_settings(self._config, today(), self._site_url)
        settings = replace(settings, preview=True)
        self._memo = self._memo.after(by_product(self._files or {}))
        site = build(settings, found, self._cache, memo=self._memo, defer=True)
        self._tell(site.problems)
        self._notice = notice_of(site.problems, site.settings.root) if site.fatal() else ""
        if not self._notice:
            self._site = site
            self._made = _files(site)
            self._finished = threading.Event()
            work = (site, self._finished)
            threading.Thread(target=self._finish, args=work, daemon=True).start()

    def _finish(self, site: Site, finished: threading.Event) -> None:
        """Make posters and photos in the background, while the pages are served already."""
        try:
            done = site.finished(self._progress)
            with self._lock:
                if self._site is site:
                    self._site, self._made = done, _files(done)
                    self._tell(done.problems)
        finally:
            finished.set()

    def answer(self, address: str) -> Answer:
        """Return the answer for an address. For a page, the source files are checked first."""
        path = unquote(address.partition("?")[0]).lstrip("/").removeprefix(self._base())
        if path.endswith(("/", ".html")) or not path or path not in self._made:
            self.look()
        if path.startswith(_PICTURES) and path not in self._made:
            self._finished.wait(_PATIENCE)
        with self._lock:
            content = self._content(urls.file_of(path))
            if content is None and path and self._content(f"{path}/index.html") is not None:
                return Answer(301, "text/plain", b"", f"/{address.lstrip('/')}/")
            status = 200 if content is not None else 404
            if content is None:
                content = self._content("404.html") or b"<!doctype html><body></body>"
            kind = guess_type(urls.file_of(path))[0] or "application/octet-stream"
            if status == 404 or kind == "text/html":
                return Answer(status, "text/html; charset=utf-8", self._watching(content))
            return Answer(status, kind, content)

    def _base(self) -> str:
        """Return the path of the site within its domain, because links of the 404 page begin with it."""
        url = self._site.settings.site_url if self._site else None
        return urlsplit(url or "").path.lstrip("/")

    def _content(self, file: str) -> bytes | None:
        ours = self._made.get(file)
        noted = self._site is not None and any(page.file == file for page in self._site.reading)
        if (
            self.hosted
            and (ours is None or noted)
            and (noted is False or self.hosted[0] == self.state)
        ):
            beside = _inside(self.hosted[1], file)
            if beside is not None:
                return beside
        if ours is not None:
            return ours()
        return None

    def _watching(self, document: bytes) -> bytes:
        """Return a page that reloads after changes, with the problems on top."""
        text = with_notice(document.decode("utf-8", "replace"), self._notice)
        return text.replace("</body>", f"{_RELOAD}</body>", 1).encode()


def _files(site: Site) -> dict[str, Callable[[], bytes]]:
    """Return a function for each file of the site that makes the file's content."""
    found: dict[str, Callable[[], bytes]] = {}
    written: tuple[Page | Artifact, ...] = (
        *site.own,
        *site.notes,
        *site.reading,
        *site.pages,
        *site.ready,
    )
    for output in written:
        found[output.file] = partial(getattr, output, "content")
    for each in site.beside:
        found.setdefault(each.uri, each.read)
    for shard in site.shards:
        files = shard.files
        every = max(1, len(files) // max(1, len(shard.batches)))
        for number, file in enumerate(files):
            found[file.uri] = partial(_of_shard, site, shard, number // every, file.uri)
    return found


def _of_shard(site: Site, shard: Shard, batch: int, uri: str) -> bytes:
    """Make one file of a shard, from its batch alone where that is possible; a list needs all batches of the shard."""
    part = shard if shard.near else replace(shard, batches=shard.batches[batch : batch + 1])
    return next(file.content for file in site.made(part) if file.uri == uri)


def _inside(folder: Path, file: str) -> bytes | None:
    """Return the content of a file below a folder that may be shown; None if there is none."""
    parts = file.split("/")
    if file.endswith(".md") or any(part.startswith(".") or "\\" in part for part in parts):
        return None
    place = folder.joinpath(*parts)
    try:
        return read_regular(place, _LARGEST)
    except (OSError, ValueError):  # No file, not a regular file, or an invalid file name.
        return None
