"""Publishes a built site to a target, so that an interrupted publication can continue the next time.

Before an upload, the record at the target (`published.json`, called memory here) says that the file's content is
uncertain; after the upload, that it is there. So the next publication knows which files it cannot rely on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.publish.backup import (
    FOLDER,
    LIST,
    NEXT,
    Backup,
    Backups,
    digest_of,
    ended,
    keep,
    names_below,
    read_shelf,
    renamed,
)
from xiangji.publish.plan import Codes, PublicationPlan, make_plan
from xiangji.publish.published import (
    MEMORY,
    DamagedMemory,
    NewerMemory,
    Published,
    PublishedFile,
    is_safe,
    read_published,
)
from xiangji.publish.target import Folder, NoTarget, Target, TargetFile, files_below, in_threads

Progress = Callable[[str, int, int], None]

_BETWEEN = 64
"""The number of uploads between two writes of the record. A large publication writes it about twenty times in all."""


class PublicationRefused(Exception):
    """The publication is refused. `word` is the key of the message, `values` fill its placeholders."""

    def __init__(self, word: str, **values: object) -> None:
        super().__init__(word)
        self.word = word
        self.values = values


class Publication(Struct, frozen=True):
    """A plan with everything that is needed to carry it out.

    `site` is what the target will hold, `ours` the part of it that the record will name. `content` returns the content
    of a file of `site`. `memory` is the state of the record: none, read, unfinished or damaged; `raw` are its bytes.
    `seen` are the files to keep for a `--back`, and `before` is their list. Without `before`, an interrupted
    publication is undone.
    """

    target: Target
    site: Mapping[str, PublishedFile]
    ours: Mapping[str, PublishedFile]
    content: Callable[[str], bytes]
    held: Mapping[str, TargetFile]
    old: Published
    plan: PublicationPlan
    memory: str
    raw: bytes | None
    shelf: Backups
    seen: Mapping[str, PublishedFile]
    before: Backup | None
    back: bool = False


class FoundTarget(Struct, frozen=True):
    """A target as it was found, with its record."""

    target: Target
    raw: bytes | None
    old: Published
    memory: str
    held: Mapping[str, TargetFile]
    shelf: Backups


def look(
    folder: Path,
    target: Target,
    codes: Codes,
    site_url: str | None,
    site_name: str,
    take_over: bool = False,
) -> Publication:
    """Compare a built site with a target. Nothing is written. Raises `PublicationRefused` and `NoTarget`."""
    site = _entries(folder, site_url)
    place = _found(target, Published(site_url or "", site_name))

    def content(path: str) -> bytes:
        return _content(folder, path, site[path])

    def read_site(path: str) -> bytes:
        return (folder / path).read_bytes()

    return _compared(place, site, site, content, read_site, codes, take_over)


def look_back(
    target: Target, codes: Codes, site_url: str | None, site_name: str, take_over: bool = False
) -> Publication:
    """Compare the state of a target before the last publication with its present state.

    An interrupted publication is undone; an interrupted `--back` continues. Nothing is written. Raises
    `PublicationRefused` and `NoTarget`.
    """
    place = _found(target, Published(site_url or "", site_name))
    shelf = place.shelf
    undone = shelf.begun if shelf.begun and not shelf.begun.back else None
    source = undone or shelf.last
    if source is None or not source.files():
        raise PublicationRefused("publish-back-none")
    site = {
        path: each
        for path, each in source.files().items()
        if path in place.held or shelf.has(each.sha256)
    }
    ours = {path: source.was.files[path] for path in site if path in source.was.files}

    def content(path: str) -> bytes:
        found = target.read(FOLDER + site[path].sha256)
        if found is None or _entry(found) != site[path]:
            raise PublicationRefused("publish-back-lost", names=f"  {path}")
        return found

    found = _compared(
        place,
        site,
        ours,
        content,
        content,
        codes,
        take_over,
        undone is not None,
        source.theirs,
        back=True,
    )
    lost = [each.path for each in found.plan.uploads if not shelf.has(site[each.path].sha256)]
    if lost:
        raise PublicationRefused("publish-back-lost", names=_listed(lost))
    return found


def _found(target: Target, name: Published) -> FoundTarget:
    """Read a target with its record. Raises `PublicationRefused` if the record is behind a link, newer, or another
    site's.
    """
    _not_in_the_way(target, [MEMORY, LIST], {MEMORY: TargetFile(0), LIST: TargetFile(0)})
    raw = target.read(MEMORY)
    old, memory = _remembered(raw, name)
    listed = target.listing()
    held = {path: each for path, each in listed.items() if is_safe(path)}
    believed = raw if memory in ("read", "unfinished") else None
    shelf = read_shelf(target, names_below(listed), believed, memory == "unfinished")
    old = replace(old, site_url=name.site_url, site_name=name.site_name)
    return FoundTarget(target, raw, old, memory, held, shelf)


def _compared(
    place: FoundTarget,
    site: Mapping[str, PublishedFile],
    ours: Mapping[str, PublishedFile],
    content: Callable[[str], bytes],
    read_site: Callable[[str], bytes],
    codes: Codes,
    take_over: bool,
    undo: bool = False,
    theirs: Mapping[str, PublishedFile] | None = None,
    back: bool = False,
) -> Publication:
    target, old, held = place.target, place.old, place.held

    def settled(path: str) -> bool:
        if site[path].size != held[path].size:
            return False
        if path in old.files or not isinstance(target, Folder):
            return target.same(path, read_site(path), held[path])
        return _entry(target.read(path) or b"") == site[path]

    plan = make_plan(site, old, held, codes, old.site_url, read_site, target.read, settled)
    going = [*(each.path for each in plan.uploads), *plan.deletes]
    _not_in_the_way(target, going, held)
    seen = _seen(target, [path for path in going if path in held])
    foreign = [p for p in seen if _foreign(p, seen[p], old, site, theirs or {})]
    if foreign and not take_over:
        raise PublicationRefused("publish-theirs", count=len(foreign), names=_listed(foreign))
    begun = place.shelf.begun
    base = begun.was if begun else _certain(old, site, plan, seen, held)
    kept = begun.kept if begun else {}
    new = {
        path: each
        for path, each in seen.items()
        if path not in kept and (path in base.files or path not in old.files)
    }
    brought = {p: site[p] for p in site if p not in ours}
    before = None if undo else Backup(base, {**kept, **new}, brought, back=back)
    return Publication(
        target,
        site,
        ours,
        content,
        held,
        old,
        plan,
        place.memory,
        place.raw,
        place.shelf,
        new,
        before,
        back,
    )


def _not_in_the_way(target: Target, paths: Iterable[str], held: Mapping[str, TargetFile]) -> None:
    found = target.in_the_way(paths, held)
    if found:
        raise PublicationRefused("publish-in-the-way", names=_listed(found))


def _seen(target: Target, paths: list[str]) -> dict[str, PublishedFile]:
    """Return digest and size of the present files at these paths."""
    found: dict[str, PublishedFile] = {}

    def seen(path: str, content: bytes | None) -> None:
        if content is not None:
            found[path] = _entry(content)

    in_threads(target.read, paths, seen)
    return {path: found[path] for path in sorted(found)}


def _foreign(
    path: str,
    there: PublishedFile,
    old: Published,
    site: Mapping[str, PublishedFile],
    theirs: Mapping[str, PublishedFile],
) -> bool:
    """Whether somebody else put the file there or changed it. An interrupted upload may have left any part of it."""
    mine = old.files.get(path)
    if mine is not None and mine.sha256 in ("", there.sha256):
        return False
    return there not in (site.get(path), theirs.get(path))


def _certain(
    old: Published,
    site: Mapping[str, PublishedFile],
    plan: PublicationPlan,
    seen: Mapping[str, PublishedFile],
    held: Mapping[str, TargetFile],
) -> Published:
    """Return the record with the digests that were just computed in place of the uncertain ones."""
    files = {}
    for path, each in old.files.items():
        sure = each if each.sha256 else site[path] if path in plan.settled else seen.get(path)
        if path in held and sure is not None:
            files[path] = sure
    return replace(old, files=files)


def _listed(paths: Iterable[str]) -> str:
    return "\n".join(f"  {path}" for path in paths)


def carry_out(publication: Publication, progress: Progress) -> None:
    """Carry out the plan. Raises `NoTarget` and `PublicationRefused`; the record then names what was done before."""
    target, plan = publication.target, publication.plan
    last = _last(publication)
    raw = last.as_bytes()
    if not plan.uploads and not plan.deletes and publication.raw == raw:
        return
    if target.read(MEMORY) != publication.raw:
        raise PublicationRefused("publish-busy")
    target.tidy()
    before = publication.before and replace(publication.before, after=digest_of(raw))
    if before and not plan.uploads and not plan.deletes and publication.memory == "read":
        # Nothing is replaced, so the backup of the last publication still leads back.
        before = renamed(publication.shelf, publication.raw or b"", raw)
        _relabel(target, before)
        _Journal(publication).end(last)
        return
    if before and keep(target, publication.shelf, before, publication.seen):
        raise PublicationRefused("publish-busy")
    _do(publication, last, progress)
    if before:
        ended(target, publication.shelf, before, publication.seen)
    else:
        target.remove(NEXT)


def _last(publication: Publication) -> Published:
    """Return the record as it will be at the end."""
    stays = {each.path for each in publication.plan.kept}
    files = {path: publication.ours[path] for path in publication.ours}
    files |= {path: each for path, each in publication.old.files.items() if path in stays}
    return replace(publication.old, files=files, codes=publication.plan.codes)


def _relabel(target: Target, before: Backup | None) -> None:
    if before:
        target.put(LIST, before.as_bytes())


def _do(publication: Publication, last: Published, progress: Progress) -> None:
    target, plan = publication.target, publication.plan
    journal = _Journal(publication)
    try:
        if plan.uploads or plan.deletes:
            journal.write()
        _upload(publication, journal, progress)
        in_threads(target.remove, plan.deletes, lambda path, _: journal.removed(path))
    except BaseException:
        # The target itself may have failed; in that case the record is already marked as uncertain.
        with suppress(NoTarget, PublicationRefused):
            journal.write()
        raise
    begun = publication.shelf.begun
    if (
        publication.before is None and begun
    ):  # The list belongs to the publication that is restored.
        _relabel(target, renamed(publication.shelf, begun.was.as_bytes(), last.as_bytes()))
    journal.end(last)


def _upload(publication: Publication, journal: _Journal, progress: Progress) -> None:
    uploads = publication.plan.uploads
    between = max(_BETWEEN, len(uploads) // 20)

    def put(path: str) -> None:
        publication.target.put(path, publication.content(path))

    def done(path: str, _: None) -> None:
        journal.there(path)
        progress("publish", journal.count, len(uploads))
        if journal.count % between == 0:
            journal.write()

    progress("publish", 0, len(uploads))
    for step in publication.plan.steps():
        in_threads(put, [each.path for each in step], done)


class _Journal:
    """Keeps the record of what is at the target up to date during a publication."""

    def __init__(self, publication: Publication) -> None:
        self._target = publication.target
        self._ours = publication.ours
        plan, old = publication.plan, publication.old
        files = {path: each for path, each in old.files.items() if path in publication.held}
        files |= {path: self._ours[path] for path in plan.settled if path in self._ours}
        files |= {each.path: PublishedFile("", each.size) for each in plan.uploads}
        self._left = {each.path for each in plan.uploads}
        self._files = files
        self._name = replace(old, codes=plan.codes)
        self._last = publication.raw
        self.count = 0

    def there(self, path: str) -> None:
        self.count += path in self._left
        self._left.discard(path)
        if path in self._ours:
            self._files[path] = self._ours[path]
        else:  # A file of others, restored to the content that it had before our publication.
            self._files.pop(path, None)

    def removed(self, path: str) -> None:
        self._files.pop(path, None)

    def write(self) -> None:
        self.end(replace(self._name, files=self._files))

    def end(self, memory: Published) -> None:
        """Write the record. Raises `PublicationRefused` if another publication, at the same time, has changed it."""
        if self._target.read(MEMORY) != self._last:
            raise PublicationRefused("publish-busy")
        self._last = memory.as_bytes()
        self._target.put(MEMORY, self._last)


def _content(folder: Path, path: str, planned: PublishedFile) -> bytes:
    """Return a file of the site. Raises `PublicationRefused` if it has changed since the plan was made."""
    try:
        content = (folder / path).read_bytes()
    except FileNotFoundError:
        content = b""
    if _entry(content) != planned:
        raise PublicationRefused("publish-moving", out=folder)
    return content


def _remembered(raw: bytes | None, name: Published) -> tuple[Published, str]:
    if raw is None:
        return name, "none"
    try:
        old = read_published(raw)
    except NewerMemory as error:
        raise PublicationRefused("publish-newer") from error
    except DamagedMemory:
        return name, "damaged"
    if not old.is_of(name.site_url, name.site_name):
        other = old.site_url or old.site_name
        raise PublicationRefused("publish-other", other=other, own=name.site_url or name.site_name)
    unfinished = any(not each.sha256 for each in old.files.values())
    return old, "unfinished" if unfinished else "read"


def _entries(folder: Path, site_url: str | None) -> dict[str, PublishedFile]:
    """Return every file of a built site. Raises `PublicationRefused` if it is none, or one for another address."""
    if not (folder / "index.html").is_file():
        raise PublicationRefused("publish-no-site", out=folder)
    sitemap = folder / urls.SITEMAP
    text = sitemap.read_text("utf-8", "replace") if sitemap.is_file() else ""
    first = re.search(r"<loc>\s*(https?://[^<\s]+)", text)
    if site_url and first and not first[1].startswith(site_url):
        raise PublicationRefused("publish-address", out=folder, other=first[1], own=site_url)
    found = {}
    for file in files_below(folder):
        path = file.relative_to(folder).as_posix()
        if is_safe(path):
            found[path] = _entry(file.read_bytes())
    return found


def _entry(content: bytes) -> PublishedFile:
    return PublishedFile(hashlib.sha256(content).hexdigest(), len(content))
