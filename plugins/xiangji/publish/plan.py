"""Plans a publication: which files are uploaded and in which order, which are removed, and which stay.

This module never reaches the target itself. A printed code must keep working: the file at its address stays there as
long as the new site has none for it, together with the files that it shows and the pages that it leads to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from xiangji import urls
from xiangji.library import Library
from xiangji.library.code_register import register
from xiangji.publish.published import Published, PublishedFile
from xiangji.publish.site_links import is_page, named_files
from xiangji.publish.target import TargetFile

Read = Callable[[str], bytes | None]
"""Returns the content of a file by path, or None if there is none."""

_LISTS = frozenset([urls.CATALOGUE_DATA, "404.html"])
"""Files, together with the search index, that lead to pages without being pages, and the page for unknown addresses."""

_DOORS = frozenset(["index.html", urls.SITEMAP, f"{urls.SITEMAP}.gz", urls.FEED, urls.ROBOTS])
"""The files by which visitors and search engines enter the site."""


class Codes(Struct, frozen=True):
    """The files behind printed codes, according to the village's register.

    `kept` is false where the village keeps no register; then any batch sheet may have been printed, because everybody
    can download the picture of its code.
    """

    files: frozenset[str]
    kept: bool


class Upload(Struct, frozen=True):
    """A file to upload.

    `why` is one of: new, changed, lost (we published it and it is missing), over (somebody else put a file there),
    unfinished (the last publication was interrupted).
    """

    path: str
    why: str
    size: int
    step: tuple[int, int]
    """Files of a lower step are uploaded first; those of one step are uploaded together."""


class KeptFile(Struct, frozen=True):
    """A file that stays at the target although the new site lacks it.

    `why` is one of: code (the register names it), once (an earlier register named it), sheet (there is no register),
    shown (the page `by` refers to it).
    """

    path: str
    why: str
    by: str = ""


class PublicationPlan(Struct, frozen=True):
    """What a publication does.

    `unchanged` is a number of files. `settled` are files that turned out to be up to date. `lacking` are the files of
    printed codes that are neither in the site nor at the target. `foreign` is the number of files at the target that we
    never published and do not touch.
    """

    uploads: tuple[Upload, ...] = ()
    deletes: tuple[str, ...] = ()
    kept: tuple[KeptFile, ...] = ()
    unchanged: int = 0
    settled: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()
    foreign: int = 0
    codes: frozenset[str] = frozenset()
    """The files to remember as being behind printed codes."""

    def steps(self) -> Iterator[list[Upload]]:
        """Yield the uploads, step by step."""
        return (list(group) for _, group in groupby(self.uploads, key=lambda each: each.step))


def printed_codes(library: Library) -> Codes:
    """Return the files behind every code of the register, and the files that these codes lead to.

    This covers the register in its present and in its last committed form.
    """
    rows = (*library.codes, *library.saved.codes)
    addresses = {row.address for row in rows}
    addresses |= {each.to for each in register(library).values() if each.to is not None}
    return Codes(frozenset(map(urls.file_of, addresses)), kept=bool(rows))


def make_plan(
    site: Mapping[str, PublishedFile],
    old: Published,
    held: Mapping[str, TargetFile],
    codes: Codes,
    site_url: str,
    read_site: Read,
    read_target: Read,
    settled: Callable[[str], bool],
) -> PublicationPlan:
    """Plan how to bring `site` to a target that holds `held`, of which `old` is ours.

    `settled` says whether an interrupted upload turns out to be complete, or whether somebody else's file is the same.
    """
    reasons = {path: _why(path, entry, old, held) for path, entry in site.items()}
    done = {p for p, why in reasons.items() if why in ("unfinished", "over") and settled(p)}
    going = {path: why for path, why in reasons.items() if why and path not in done}
    kept = _kept(site, old, held, codes, site_url, read_target)
    gone = [path for path in old.files if path not in site and path in held]
    stays = {each.path for each in kept}
    remembered = codes.files | old.codes
    lacking = (path for path in codes.files if path not in site and path not in held)
    return PublicationPlan(
        _ordered(going, site, held, remembered, site_url, read_site),
        tuple(sorted((p for p in gone if p not in stays), key=lambda p: (not is_page(p), p))),
        kept,
        sum(not why for why in reasons.values()),
        frozenset(done),
        tuple(sorted(lacking)),
        sum(path not in old.files and path not in site for path in held),
        frozenset(path for path in remembered if path in site or path in held),
    )


def is_sheet(path: str) -> bool:
    """Whether a code may have been printed for this file: a batch sheet in either form, or the page of a roll code."""
    address = path.removesuffix("index.html")
    return is_page(path) and (urls.lot_of(address) is not None or address.startswith(urls.ROLLS))


def _why(path: str, entry: PublishedFile, old: Published, held: Mapping[str, TargetFile]) -> str:
    """Return why a file is uploaded; an empty string if it is up to date."""
    ours = old.files.get(path)
    if path not in held:
        return "lost" if ours and ours.sha256 else "new"
    if ours is None:
        return "over"
    if not ours.sha256:
        return "unfinished"
    same = ours.sha256 == entry.sha256 and held[path].size == entry.size
    return "" if same else "changed"


# --- what stays ----------------------------------------------------------------------------------


def _kept(
    site: Mapping[str, PublishedFile],
    old: Published,
    held: Mapping[str, TargetFile],
    codes: Codes,
    site_url: str,
    read: Read,
) -> tuple[KeptFile, ...]:
    """Return the files that the new site lacks and that printed codes need.

    A page that the page of a code leads to stays, with the files that it shows. The pages that it leads to in turn do
    not.
    """
    gone = {path for path in old.files if path not in site and path in held}
    if not gone:
        return ()
    found: dict[str, KeptFile] = {}
    queue: deque[tuple[str, bool]] = deque()
    for path in sorted(path for path in held if path not in site):
        why = _sacred(path, old, codes)
        if why:
            queue.append((path, True))
            if path in gone:
                found[path] = KeptFile(path, why)
    while queue:
        path, leads = queue.popleft()
        for named in named_files(path, read(path) or b"", site_url, gone, pages=leads):
            if named not in found:
                found[named] = KeptFile(named, "shown", path)
                queue.append((named, False))
    return tuple(found[path] for path in sorted(found))


def _sacred(path: str, old: Published, codes: Codes) -> str:
    if path in codes.files:
        return "code"
    if path in old.codes:
        return "once"
    return "sheet" if not codes.kept and path in old.files and is_sheet(path) else ""


# --- what goes first -----------------------------------------------------------------------------


def _ordered(
    going: Mapping[str, str],
    site: Mapping[str, PublishedFile],
    held: Mapping[str, TargetFile],
    codes: Collection[str],
    site_url: str,
    read: Read,
) -> tuple[Upload, ...]:
    """Return the uploads in order.

    The order is: files that the pages of codes show, these pages, other files, new pages (deepest first), changed
    pages, lists, and last the entry pages of `_DOORS`.
    """
    pages = sorted(path for path in going if is_sheet(path) or path in codes)
    shown = _shown(pages, going, site_url, read)
    coded = frozenset(pages)

    def step(path: str) -> tuple[int, int]:
        if path in _DOORS and path not in coded:
            return 6, 0
        if path in shown:
            return 0, 0
        if path in coded:
            return 1, 0
        if path in _LISTS or (path.startswith(urls.SEARCH) and not is_page(path)):
            return 5, 0
        if not is_page(path):
            return 2, 0
        return (4 if path in held else 3), -path.count("/")

    uploads = (Upload(path, why, site[path].size, step(path)) for path, why in going.items())
    return tuple(sorted(uploads, key=lambda each: (each.step, each.path)))


def _shown(
    pages: Collection[str], going: Collection[str], site_url: str, read: Read
) -> frozenset[str]:
    """Return the files, except pages, that the given pages show, and those that style sheets among them refer to."""
    files = frozenset(path for path in going if not is_page(path))
    found: set[str] = set()
    queue = deque(pages if files else ())
    while queue:
        path = queue.popleft()
        for named in named_files(path, read(path) or b"", site_url, files, pages=False):
            if named not in found:
                found.add(named)
                queue.append(named)
    return frozenset(found)
