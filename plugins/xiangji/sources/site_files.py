"""What belongs to a site: the one rule for the files beside the hand-written pages, whoever makes the site.

Regular, visible files below `docs_dir` of a kind that is known to be harmless, cleaned where they can hold more than
is seen. Links are not followed, wherever they lead. What systems and programs leave behind goes unsaid; every other
file that stays outside is told, with its place.
"""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from xiangji.frozen import dataclass
from xiangji.problems import Report
from xiangji.records.location import Location
from xiangji.settings import SiteWishes
from xiangji.sources.exclusions import excluded
from xiangji.sources.junk import is_junk
from xiangji.sources.media import Media
from xiangji.sources.site_content import (
    PICTURES,
    PLAIN,
    RECORDINGS,
    read_picture,
    read_plain,
    read_raw_file,
    read_recording,
    told_by,
)
from xiangji.sources.site_kinds import Unfit, unfit_kind
from xiangji.sources.village_folder import shown

PAGE = ".md"
PROOFS = ".well-known"
"""The one hidden folder of a site (RFC 8615): services look there for a proof of whose it is."""
_NAMED = ("CNAME", ".nojekyll")
"""Files on top that static hosts look for by name: the domain, and that nothing is to be built."""
_PROOF_ENDINGS = ("", ".txt", ".json")
_TOOLS = frozenset(
    (
        ".git .gitignore .gitattributes .gitkeep .keep .editorconfig .vscode .idea .obsidian .vs .svn .hg .cache "
        ".pages .meta.yml .prettierrc .markdownlint.json .markdownlint.yml .markdownlint.yaml"
    ).split()
)
"""Hidden things that a writer's tools put there: left out like junk, unsaid."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that a site holds under its own name: `uri` is its path in the site, `path` that in the village. Of a
    photo there is a `picture`, and what is published is made of it; of all others the `content`."""

    uri: str
    path: str
    content: bytes = b""
    picture: Media | None = None


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """What lies below `docs_dir` and belongs to the site, each by its path there."""

    pages: tuple[str, ...] = ()
    """Markdown."""
    hosts: tuple[str, ...] = ()
    """What only a host publishes, since its pages ask for it."""
    others: tuple[str, ...] = ()
    """Files that belong to it if there is no harm in them."""
    beside: tuple[SiteFile, ...] = ()
    """Those of them in which there is none."""

    def without_contents(self) -> SiteFiles:
        """The same names, for whoever only links to them."""
        named = tuple(SiteFile(each.uri, each.path) for each in self.beside)
        return SiteFiles(self.pages, self.hosts, self.others, named)


def find_site_files(root: Path, docs: str, wishes: SiteWishes, report: Report) -> SiteFiles:
    """Which files below the folder `docs` of the village in `root` belong to its site, as far as can be told without
    reading them."""
    there = list(_regular(root, docs, wishes, report))
    pages = tuple(uri for uri in there if uri.endswith(PAGE))
    hosts = tuple(uri for uri in there if _is_hosts(uri, wishes))
    _tell_raw(there, docs, wishes, report)
    left = {*pages, *hosts}
    return SiteFiles(pages, hosts, tuple(uri for uri in there if uri not in left))


def read_site_files(
    root: Path,
    docs: str,
    uris: Iterable[str],
    wishes: SiteWishes,
    report: Report,
    media: Mapping[str, Media],
) -> Iterator[SiteFile]:
    """The files of these that may be published. `media` are the pictures that are known already, by path."""
    reading = _Reading(root, docs, wishes, report, media)
    for uri in uris:
        found = reading.file(uri)
        if found is not None:
            yield found


def _is_hosts(uri: str, wishes: SiteWishes) -> bool:
    return any(uri == each or (each[-1:] == "/" and uri.startswith(each)) for each in wishes.hosts)


def _tell_raw(there: Collection[str], docs: str, wishes: SiteWishes, report: Report) -> None:
    """Say what each wish to publish a file as it is means."""
    for uri in wishes.raw:
        path = shown(f"{docs}/{uri}")
        if uri in there:
            report.add("site-file-raw", Location(path), value=path)
        else:
            report.add("site-raw-missing", wishes.place, value=uri, folder=f"{docs}/")


def _regular(
    root: Path, docs: str, wishes: SiteWishes, report: Report, below: str = ""
) -> Iterator[str]:
    """Regular files below a folder that anybody would look for there, by their paths below `docs`."""
    try:
        with os.scandir(root / docs / below) as several:
            entries = sorted(several, key=lambda each: each.name)
    except OSError:
        return
    for entry in entries:
        uri = below + entry.name
        if is_junk(entry.name) or entry.name in _TOOLS or excluded(uri, wishes.unpublished):
            continue
        why = _not_plain(root, entry, uri)
        if why:
            path = shown(f"{docs}/{uri}")
            report.add(why[0], Location(path), value=path, **why[1])
        elif entry.is_dir(follow_symlinks=False):
            yield from _regular(root, docs, wishes, report, f"{uri}/")
        else:
            yield uri


def _not_plain(root: Path, entry: os.DirEntry[str], uri: str) -> tuple[str, dict[str, str]] | None:
    """The rule that a file or folder breaks by what it is, and what to say of it."""
    if entry.is_symlink() or _is_junction(entry):
        what, what_en = _led(root, Path(entry.path))
        return "site-file-link", {"what": what, "what_en": what_en}
    if entry.name.startswith(".") and uri != PROOFS and uri not in _NAMED:
        return "site-file-hidden", {}
    folder = entry.is_dir(follow_symlinks=False)
    if not folder and not entry.is_file(follow_symlinks=False):
        return "site-file-unfit", {"why": "不是普通文件", "why_en": "it is no regular file"}
    if any("\udc80" <= sign <= "\udcff" for sign in entry.name):
        why = {"why": "名字不是 UTF-8 编码", "why_en": "its name is not UTF-8"}
        return "site-file-unfit", why
    return None


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether it is one of Windows' other links."""
    found = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(found & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))


def _led(root: Path, link: Path) -> tuple[str, str]:
    """Where a link leads."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        missing = isinstance(error, FileNotFoundError)
        return ("那里什么也没有", "to nothing") if missing else ("绕来绕去没有头", "a loop")
    if not target.is_relative_to(root.resolve()):
        return "通到村子的文件夹外面", "out of the village"
    if target.is_dir():
        around = link.parent.resolve().is_relative_to(target)
        return ("绕回它自己在的文件夹", "a loop") if around else ("通到另一个文件夹", "to a folder")
    return "通到另一个文件", "to another file"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the files of a village's site."""

    root: Path
    docs: str
    wishes: SiteWishes
    report: Report
    media: Mapping[str, Media]

    def file(self, uri: str) -> SiteFile | None:
        """A file as it is published, or None after reporting why it is not."""
        path = f"{self.docs}/{uri}"
        place = shown(path)
        found = self._content(uri, path)
        if isinstance(found, Unfit):
            at = Location(place, found.line)
            self.report.add(found.rule, at, value=place, **dict(found.details))
            return None
        if isinstance(found, Media):
            return SiteFile(uri, place, picture=found)
        told = told_by(found) if uri.lower().endswith(".pdf") else None
        if told and uri not in self.wishes.raw:
            at = Location(place)
            self.report.add("site-file-pdf", at, value=place, what=told.zh, what_en=told.en)
        return SiteFile(uri, place, found)

    def _content(self, uri: str, path: str) -> Media | bytes | Unfit:
        """What is in a file, by the rule of its kind."""
        ending = posixpath.splitext(uri)[1].lower()
        file = self.root / path
        if uri in self.wishes.raw:
            return read_raw_file(file)
        if uri in _NAMED or (uri.startswith(f"{PROOFS}/") and ending in _PROOF_ENDINGS):
            return read_plain(file, ".txt")
        if ending in PICTURES:
            return read_picture(self.root, path, self.media.get(path))
        if ending in RECORDINGS:
            return read_recording(self.root, path)
        return read_plain(file, ending) if ending in PLAIN else unfit_kind(ending)
