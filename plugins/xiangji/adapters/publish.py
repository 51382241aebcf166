"""A built site brought to a target, so that it can break off at any moment and go on the next time.

Before a file goes up, the target's memory says that its content is uncertain; when it is up, that it
is there. So whatever was killed when, the next publication knows what it cannot trust.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from xiangji import urls
from xiangji.adapters.publish_memory import (
    MEMORY,
    Damaged,
    Entry,
    Newer,
    Published,
    is_safe,
    read_published,
)
from xiangji.adapters.publish_plan import Codes, Plan, make_plan
from xiangji.adapters.target import Held, NoTarget, Target, files_below, in_threads
from xiangji.frozen import dataclass

Progress = Callable[[str, int, int], None]

_BETWEEN = 64
"""So many files go up between two writings of the memory; more in a large publication, so that it is
written some twenty times in all."""


class Refused(Exception):
    """The publication must not be: a sentence's key and what fills it."""

    def __init__(self, word: str, **values: object) -> None:
        super().__init__(word)
        self.word = word
        self.values = values


@dataclass(frozen=True, slots=True)
class Publication:
    """A plan with all that carrying it out needs. `memory` says what the target remembered: none,
    read, unfinished or damaged; `raw` are the bytes of that."""

    folder: Path
    target: Target
    site: Mapping[str, Entry]
    held: Mapping[str, Held]
    old: Published
    plan: Plan
    memory: str
    raw: bytes | None


def look(
    folder: Path, target: Target, codes: Codes, site_url: str | None, site_name: str
) -> Publication:
    """Compare a built site with a target; nothing is written. Raises `Refused` and `NoTarget`."""
    site = _entries(folder, site_url)
    name = Published(site_url or "", site_name)
    raw = target.read(MEMORY)
    old, memory = _remembered(raw, name)
    held = {path: each for path, each in target.listing().items() if is_safe(path)}

    def read_site(path: str) -> bytes:
        return (folder / path).read_bytes()

    def settled(path: str) -> bool:
        return target.same(path, read_site(path), held[path])

    plan = make_plan(site, old, held, codes, name.site_url, read_site, target.read, settled)
    old = replace(old, site_url=name.site_url, site_name=name.site_name)
    return Publication(folder, target, site, held, old, plan, memory, raw)


def carry_out(publication: Publication, progress: Progress) -> None:
    """Do what the plan says. Raises `NoTarget` and `Refused`; what was done by then is remembered."""
    target, plan, site = publication.target, publication.plan, publication.site
    stays = {each.path for each in plan.kept}
    files = {path: site[path] for path in site}
    files |= {path: each for path, each in publication.old.files.items() if path in stays}
    last = replace(publication.old, files=files, codes=plan.codes)
    if not plan.uploads and not plan.deletes and publication.raw == last.as_bytes():
        return
    target.tidy()
    journal = _Journal(publication)
    try:
        if plan.uploads or plan.deletes:
            journal.write()
        _upload(publication, journal, progress)
        in_threads(target.remove, plan.deletes, lambda path, _: journal.removed(path))
    except BaseException:
        # The target may be what failed; then the memory is as uncertain as it says.
        with suppress(NoTarget, Refused):
            journal.write()
        raise
    journal.end(last)


def _upload(publication: Publication, journal: _Journal, progress: Progress) -> None:
    uploads = publication.plan.uploads
    between = max(_BETWEEN, len(uploads) // 20)

    def put(path: str) -> None:
        publication.target.put(path, _content(publication, path))

    def done(path: str, _: None) -> None:
        journal.there(path)
        progress("publish", journal.count, len(uploads))
        if journal.count % between == 0:
            journal.write()

    progress("publish", 0, len(uploads))
    for step in publication.plan.steps():
        in_threads(put, [each.path for each in step], done)


class _Journal:
    """What stands at the target, as far as it is known at this moment."""

    def __init__(self, publication: Publication) -> None:
        self._target = publication.target
        self._site = publication.site
        plan, old = publication.plan, publication.old
        files = {path: each for path, each in old.files.items() if path in publication.held}
        files |= {path: self._site[path] for path in plan.settled}
        files |= {each.path: Entry("", each.size) for each in plan.uploads}
        self._files = files
        self._name = replace(old, codes=plan.codes)
        self._last = publication.raw
        self.count = 0

    def there(self, path: str) -> None:
        if not self._files[path].sha256:
            self.count += 1
        self._files[path] = self._site[path]

    def removed(self, path: str) -> None:
        self._files.pop(path, None)

    def write(self) -> None:
        self.end(replace(self._name, files=self._files))

    def end(self, memory: Published) -> None:
        """Write the memory, unless somebody else has since: two at a time would each remember what the
        other wrote over."""
        if self._target.read(MEMORY) != self._last:
            raise Refused("publish-busy")
        self._last = memory.as_bytes()
        self._target.put(MEMORY, self._last)


def _content(publication: Publication, path: str) -> bytes:
    """A file of the site, if it still is what was planned."""
    try:
        content = (publication.folder / path).read_bytes()
    except FileNotFoundError:
        content = b""
    if _entry(content) != publication.site[path]:
        raise Refused("publish-moving", out=publication.folder)
    return content


def _remembered(raw: bytes | None, name: Published) -> tuple[Published, str]:
    if raw is None:
        return name, "none"
    try:
        old = read_published(raw)
    except Newer as error:
        raise Refused("publish-newer") from error
    except Damaged:
        return name, "damaged"
    if not old.is_of(name.site_url, name.site_name):
        other = old.site_url or old.site_name
        raise Refused("publish-other", other=other, own=name.site_url or name.site_name)
    unfinished = any(not each.sha256 for each in old.files.values())
    return old, "unfinished" if unfinished else "read"


def _entries(folder: Path, site_url: str | None) -> dict[str, Entry]:
    """Every file of a built site. Refuses a folder that holds none, or one for another address."""
    if not (folder / "index.html").is_file():
        raise Refused("publish-no-site", out=folder)
    sitemap = folder / urls.SITEMAP
    text = sitemap.read_text("utf-8", "replace") if sitemap.is_file() else ""
    first = re.search(r"<loc>\s*(https?://[^<\s]+)", text)
    if site_url and first and not first[1].startswith(site_url):
        raise Refused("publish-address", out=folder, other=first[1], own=site_url)
    found = {}
    for file in files_below(folder):
        path = file.relative_to(folder).as_posix()
        if is_safe(path):
            found[path] = _entry(file.read_bytes())
    return found


def _entry(content: bytes) -> Entry:
    return Entry(hashlib.sha256(content).hexdigest(), len(content))
