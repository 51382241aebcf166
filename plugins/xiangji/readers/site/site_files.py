"""Decides which files below `docs_dir` are published. Our writer, all hosts, staging and the preview use this rule.

A file is published if it is regular, visible, no link out of the content, and of a type that runs no code in a browser.
All other files are not published. They are reported with a remedy, except files that systems leave behind.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from xiangji.model.folders import CONTENT_FOLDERS, PAPERS
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.readers.left_out import original, tell_copy
from xiangji.readers.media.conversions import conversion_of
from xiangji.readers.media.pictures import LARGEST, drawing_flaw
from xiangji.readers.site.junk import is_junk
from xiangji.readers.village_folder import shown
from xiangji.regular_file import NotRegular, TooLarge, read_regular

_VISIBLE = frozenset({".well-known", ".nojekyll"})
"""Hidden names that are needed on the web."""

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".wav"})
_TEXTS = frozenset({".html", ".htm", ".xml"})
_PROGRAMS = frozenset({".css", ".js"})
_PLAIN = frozenset(".pdf .csv .xlsx .txt .json .webmanifest .ico .woff .woff2 .ttf .otf".split())
_SERVED = late_pattern(
    r"\.(?:php\d?|phtml|phar|cgi|pl|py|rb|sh|asp|aspx|jsp|jspx|shtml)\.", re.IGNORECASE
)
"""Matches names such as `a.php.jpg`, which some servers run."""
_GUARDED = frozenset((*CONTENT_FOLDERS, PAPERS))
"""Folders whose content only `disclosure` may publish. Links into them are not followed."""

_WHY = {
    ".css": ("mkdocs.yml 的 extra_css 没有写它", "extra_css in mkdocs.yml does not name it"),
    ".js": ("mkdocs.yml 的 extra_javascript 没有写它", "extra_javascript in mkdocs.yml does not name it"),
}  # fmt: skip
_OTHER = ("网站上没有这种文件", "a site has no files of this kind")
_DO = (
    "把文件本身放进来，换成网页能用的格式（md、jpg、png、webp、gif、svg、pdf、csv、xlsx、mp3、m4a、txt、html）。",
    "put the file itself here, as md, jpg, png, webp, gif, svg, pdf, csv, xlsx, mp3, m4a, txt or html.",
)


class SiteFile(Struct, frozen=True):
    """A published file: its path on disk, and its path on the site (`uri`, POSIX).

    `trusted` says that the village is responsible for what the file does in a browser.
    """

    uri: str
    file: Path
    path: str
    """The path in messages."""
    trusted: bool = False

    @property
    def ending(self) -> str:
        """The suffix of the file in lower case."""
        return self.file.suffix if self.uri.endswith(".md") else self.file.suffix.lower()

    @property
    def is_page(self) -> bool:
        """Whether it is a hand-written page."""
        return self.ending == ".md"


class Admission(Struct, frozen=True):
    """The files that the settings of a village allow in addition, as paths below `docs_dir`.

    `named` are styles and scripts that `mkdocs.yml` names. `trusted` are files that are published without a check.
    """

    named: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()


class _Walk(Struct, frozen=True):
    root: Path
    docs: Path
    admission: Admission
    report: Report

    def leave(
        self, path: str, why: str, why_en: str, do: str = _DO[0], do_en: str = _DO[1]
    ) -> None:
        told = {"value": path, "why": why, "why_en": why_en, "do": do, "do_en": do_en}
        self.report.add("site-file", Location(path), **told)


def site_files(
    root: Path, docs_dir: str, admission: Admission, report: Report
) -> Iterator[SiteFile]:
    """Yield the files below `docs_dir` that are published, in the order of their paths. Report the others."""
    docs = root / docs_dir
    if docs.is_dir():
        yield from _folder(_Walk(root, docs, admission, report), docs)


def _folder(walk: _Walk, folder: Path) -> Iterator[SiteFile]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda each: each.name)
    except OSError as error:
        path = _path(walk, folder)
        walk.leave(path, "文件夹打不开", error.strerror or type(error).__name__)
        return
    for entry in entries:
        yield from _entry(walk, entry, Path(entry.path))


def _entry(walk: _Walk, entry: os.DirEntry[str], file: Path) -> Iterator[SiteFile]:
    path = _path(walk, file)
    if not entry.name.isprintable() or "\\" in entry.name:
        _tell_name(walk, path, entry.name)
    elif is_junk(entry.name):
        return
    elif entry.name.startswith(".") and entry.name not in _VISIBLE:
        walk.leave(path, "名字用点开头，是隐藏的", "its name begins with a dot: it is hidden")
    elif _leads_elsewhere(entry):
        yield from _link(walk, file, path)
    elif entry.is_dir():
        yield from _folder(walk, file)
    elif entry.is_file():
        yield from _file(walk, file, path)
    else:
        walk.leave(path, "不是普通文件", "it is no regular file")


def _tell_name(walk: _Walk, path: str, name: str) -> None:
    plain = shown(name)
    meant = plain if plain != name and plain.isprintable() and "\ufffd" not in plain else ""
    near, near_en = (f"，多半是“{meant}”", f", probably to “{meant}”") if meant else ("", "")
    said = {"value": escaped(name), "near": near, "near_en": near_en}
    walk.report.add("site-name", Location(escaped(path)), **said)


def _leads_elsewhere(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a symbolic link, or a junction on Windows."""
    return entry.is_symlink() or (
        os.name == "nt" and Path(entry.path).resolve() != Path(entry.path).absolute()
    )


def _link(walk: _Walk, file: Path, path: str) -> Iterator[SiteFile]:
    """Handle a symbolic link. A link to a visible file with the same ending inside the village counts as that file.

    Links to folders are never followed. A link to a folder above itself has a message of its own, because hosts follow
    it without end.
    """
    try:
        target, root = file.resolve(strict=True), walk.root.resolve()
    except (OSError, RuntimeError):
        walk.leave(path, "是一个链接，指到的地方没有东西", "it is a link that leads nowhere")
        return
    if target.is_dir():
        if file.parent.resolve().is_relative_to(target):
            walk.report.add("site-loop", Location(path), value=path)
        else:
            walk.leave(path, "是指向文件夹的链接", "it is a link to a folder")
        return
    inside = target.relative_to(root).parts if target.is_relative_to(root) else ()
    visible = inside and not any(each.startswith(".") or is_junk(each) for each in inside)
    if visible and inside[0] not in _GUARDED and target.suffix == file.suffix and target.is_file():
        yield from _file(walk, file, path)
    else:
        walk.leave(
            path,
            "是一个链接，指到了网站内容的外面",
            "it is a link that leads out of the site's content",
        )


def _file(walk: _Walk, file: Path, path: str) -> Iterator[SiteFile]:
    uri = file.relative_to(walk.docs).as_posix()
    trusted = uri in walk.admission.trusted
    found = SiteFile(uri, file, path, trusted)
    size = file.stat().st_size
    if size > LARGEST:
        why = f"{size / 1e6:.0f} MB", f"{LARGEST / 1e6:.0f} MB"
        walk.leave(path, f"有 {why[0]}，超过了 {why[1]}", f"it has {why[0]}, more than {why[1]}")
        return
    if trusted or (found.ending in _PROGRAMS and uri in walk.admission.named):
        yield found
        return
    real = original(file.name) if found.is_page else None
    if real and (file.parent / real).is_file():
        tell_copy(_path(walk, file.parent), shown(file.name), real, walk.report)
        return
    if _SERVED.search(file.name):
        walk.leave(path, "有的服务器会把它当程序运行", "some servers would run it as a program")
    elif found.ending in _TEXTS or found.ending == ".svg":
        if _harmless(walk, found):
            yield found
    elif found.is_page or found.ending in PICTURES | SOUNDS | _PLAIN or _is_bare(walk, file):
        yield found
    else:
        walk.leave(path, *(conversion_of(file.name) or _WHY.get(found.ending, _OTHER)))


def _is_bare(walk: _Walk, file: Path) -> bool:
    """Whether a file without ending is published: `.nojekyll`, `CNAME`, and files in `.well-known/`."""
    inside = file.relative_to(walk.docs).parts
    if file.suffix:
        return False
    return inside in ((".nojekyll",), ("CNAME",)) or inside[0] == ".well-known"


def _harmless(walk: _Walk, found: SiteFile) -> bool:
    """Whether a document runs and loads nothing in a browser. It is reported with the line if it does."""
    try:
        raw = read_regular(found.file, LARGEST)
    except (NotRegular, TooLarge, OSError):
        walk.leave(found.path, "读不了，或者太大", "it cannot be read, or is too large")
        return False
    if found.ending == ".svg":
        why = drawing_flaw(raw)
        if why:
            walk.leave(found.path, why.zh, why.en)
        return why is None
    from xiangji.readers.site.site_html import flaw_in

    flaw = flaw_in(raw, xml=found.ending == ".xml")
    if flaw:
        place = Location(found.path, flaw.line)
        walk.report.add("site-html", place, value=found.path, what=flaw.what)
    return flaw is None


def _path(walk: _Walk, file: Path) -> str:
    return shown(file.relative_to(walk.root).as_posix())


def escaped(name: str) -> str:
    """A name with bytes that are no text, and unprintable characters, as backslash escapes."""
    raw = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in raw)
