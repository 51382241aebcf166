"""Reports files in the content folders that no reader reads, with the name and place under which they would be read.

Cloud drives leave copies, spreadsheets are saved under other names, records lie one folder too high. So each file in
`stories/`, `products/` and `village/` that was not read is reported, except those with a name such as README.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from xiangji.kinds.installed import further_kinds, known_files
from xiangji.model.folders import CONTENT_FOLDERS, FOLDER
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.readers.file_names import misnamed
from xiangji.readers.media.conversions import Conversion, conversion_of
from xiangji.readers.site.junk import is_junk
from xiangji.readers.tables.batch_table import BATCH_TABLES
from xiangji.readers.village_folder import leads_astray, shown

_DATA = frozenset(
    ".yml .yaml .csv .tsv .xlsx .xls .xlsm .ods .et .numbers .md .markdown .json .toml".split()
)
"""Endings of files that may be meant as records. If such a file is not read, that is a warning."""

_MEDIA = frozenset(
    ".jpg .jpeg .png .webp .gif .svg .heic .heif .bmp .tif .tiff .avif .mp3 .m4a .ogg .oga .opus .wav .amr .vtt .srt".split()
)

_FOR_PEOPLE = late_pattern(
    r"(readme|license|licence|copying|notice|changelog|说明|读我|授权)([.\-_].*)?", re.IGNORECASE
)
"""Names of files for people who open the folder. They are not reported."""

_PAPERS = frozenset({"certificates", "证书", "documents", "文件"})
"""Folders for documents. Records name those documents that are published; the others are not reported."""

_WORDS = r"(?:冲突副本|冲突文件|副本|复件|复制|拷贝|备份|conflicted\s+copy|conflict|copy)"
_COPY = late_pattern(
    rf"""\s*(?:
        [(（]\s*\d{{1,3}}\s*[)）]
      | [-_ ]*[(（\[][^()（）\[\]]*{_WORDS}[^()（）\[\]]*[)）\]]
      | [-_ ]+(?:\w+\s+)?(?:conflicted\s+copy|conflict|copy)\b.*
      | [-_ ]*的?(?:冲突副本|冲突文件|副本|复件|复制|拷贝|备份)[-_ \d]*
      | \.?sync-conflict-[\w-]+
      | [-_ ](?:DESKTOP|LAPTOP|PC|WIN)-[\w-]+
      | ~\d
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_COPY_OF = late_pattern(r"^\s*(?:copy\s+of|副本|复件|备份)\s*[-_ ]*", re.IGNORECASE)
_OLD = late_pattern(r"\.(?:orig|bak|old|rej|tmp|backup|[0-9])$", re.IGNORECASE)

_TABLE_OR_RECORD = late_pattern(
    r"\.(?:csv|xlsx|xlsm|xls|ods|et|ya?ml|md)(?![a-z0-9])", re.IGNORECASE
)

_KNOWN: dict[str, tuple[str, ...]] = {
    "products": ("brand.yml", "batches.csv", "codes.csv", "pledges.csv", "drills.csv"),
    "products/*": ("product.yml", "batches.csv"),
    "stories": ("people.yml",),
    "stories/*": ("story.md", "workshop.yml"),
}
"""The files that are read or kept in each folder. drills.csv is kept there, but no build reads it."""

_ELSEWHERE = {
    "product.yml": "products/…/product.yml",
    "batches.csv": "products/…/batches.csv",
    "story.md": "stories/…/story.md",
    "workshop.yml": "stories/…/workshop.yml",
    "people.yml": "stories/people.yml",
    "brand.yml": "products/brand.yml",
    "codes.csv": "products/codes.csv",
    "pledges.csv": "products/pledges.csv",
    "drills.csv": "products/drills.csv",
}
"""The place of each of these files."""


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """`_KNOWN`, with the files of the installed kinds."""
    return _KNOWN | known_files()


@cache
def _elsewhere() -> dict[str, str]:
    ours = {f"{kind.one}.yml": f"{FOLDER}/{kind.name}/…/{kind.one}.yml" for kind in further_kinds()}
    lists = {f"{kind.name}.yml": f"{FOLDER}/{kind.name}.yml" for kind in further_kinds()}
    return ours | lists | _ELSEWHERE


_HIDDEN_ENDING = late_pattern(r"\.ya?ml\.txt$", re.IGNORECASE)
"""The ending of a record that was saved with a file manager that hides endings."""

_NUMBERS = (
    "在 Numbers 里打开它，用“文件、导出为、Excel”存成 .xlsx，放在这里。",
    "Open it in Numbers, export it to Excel, and put that here.",
)

_SHOWN = 3


def tell_left_out(root: Path, read: Collection[str], report: Report) -> None:
    """Report files in the content folders that were neither read nor reported already.

    `read` has the paths of the files that were read (POSIX, relative to `root`).
    """
    twins = (
        path[:-4] + each for path in read if path.endswith(".svg") for each in (".png", ".jpg")
    )
    known = {*read, *twins, *(each.location.path for each in report.problems)}
    for top in CONTENT_FOLDERS:
        for folder, names in _folders(root, top, known, report):
            unread = [name for name in names if f"{folder}/{name}" not in known]
            _tell_folder(folder, unread, frozenset(names), report)
    _tell_top(root, report)


def _folders(
    root: Path, top: str, told: Collection[str], report: Report
) -> Iterator[tuple[str, list[str]]]:
    """Yield each folder below `top` with the names of its files.

    Hidden files and system files are left out, and folders that are reported already.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        if shown(folder) in told:
            continue
        try:
            with os.scandir(root / folder) as entries:
                there = sorted(entries, key=lambda each: each.name)
        except OSError:
            continue
        names = []
        for each in there:
            if each.name[0] in "._" or is_junk(each.name):
                continue
            if each.is_dir(follow_symlinks=False):
                waiting.append(f"{folder}/{each.name}")
            elif _leads_to_folder(each):
                if leads_astray(Path(each.path), root):
                    path = f"{shown(folder)}/{shown(each.name)}"
                    report.add("folder-link", Location(path), value=path)
            else:
                names.append(shown(each.name))
        yield shown(folder), names


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # The link leads to itself.
        return False


def _tell_folder(folder: str, unread: list[str], there: Collection[str], report: Report) -> None:
    several: dict[str, list[str]] = {}
    formats: dict[Conversion, list[str]] = {}
    papers = folder.rpartition("/")[2] in _PAPERS
    for name in unread:
        if _FOR_PEOPLE.fullmatch(name):
            continue
        orphan = _orphan(folder, name)
        if orphan:
            report.add("file-orphan", Location(f"{folder}/{name}"), value=name, folder=orphan)
            continue
        better = _better(folder, name)
        ending = Path(name).suffix.lower()
        if ending == ".numbers":
            report.add(
                "file-name",
                Location(f"{folder}/{name}"),
                value=name,
                better=f"{Path(name).stem}.xlsx",
                folder=folder,
                do=_NUMBERS[0],
                do_en=_NUMBERS[1],
            )
        elif better:
            _tell_name(folder, name, better, there, report)
        elif ending in _DATA:
            known = "、".join(_known().get(_form(folder), ())) or "—"
            report.add(
                "file-unread", Location(f"{folder}/{name}"), value=name, folder=folder, known=known
            )
        elif papers:
            continue
        elif conversion := conversion_of(name):
            formats.setdefault(conversion, []).append(name)
        else:
            several.setdefault("media-unused" if ending in _MEDIA else "file-kept", []).append(name)
    for rule, names in several.items():
        report.add(rule, Location(f"{folder}/{names[0]}"), **_listed(folder, names))
    for conversion, names in formats.items():
        told = _listed(folder, names) | conversion._asdict()
        report.add("file-format", Location(f"{folder}/{names[0]}"), **told)


def _listed(folder: str, names: list[str]) -> dict[str, object]:
    """The first names of several files in a folder, as details of a rule."""
    listed = "、".join(names[:_SHOWN]) + ("……" if len(names) > _SHOWN else "")
    return {"value": listed, "count": len(names), "folder": folder}


def _tell_name(folder: str, name: str, better: str, there: Collection[str], report: Report) -> None:
    """Report a file with nearly the right name, or in nearly the right place."""
    case = "move" if "/" in better else "both" if better in there else "rename"
    report.add(
        "file-name",
        Location(name if folder == "." else f"{folder}/{name}"),
        value=name,
        better=better,
        folder=folder,
        **_remedy(case, better),
    )


def _remedy(case: str, better: str) -> dict[str, str]:
    zh, en = {
        "rename": (
            f"把文件名改成 {better}，大小写也要一样。看不到 .txt 这样的尾巴：在资源管理器的“查看”里勾上“文件扩展名”。",
            f"Rename it to {better}, in lower case; let your file manager show endings.",
        ),
        "both": (
            f"多半是网盘、同步或者另存留下的副本。打开它和 {better} 比一比，要的内容并进 {better}；这一份在文件名前面加 _ ，或者挪到村子外面留着。",
            f"It is probably a copy that a cloud drive left. Compare both, keep what is right in {better}, and begin the name of "
            "this one with _, or move it out of the village.",
        ),
        "move": (
            f"把它挪到 {better}。",
            f"Move it to {better}.",
        ),
    }[case]
    return {"do": zh, "do_en": en}


def tell_copy(folder: str, name: str, better: str, report: Report) -> None:
    """Report a copy that lies beside its original."""
    _tell_name(folder, name, better, (better,), report)


def rename_remedy(better: str) -> dict[str, str]:
    """The remedy for a file whose right name is not taken, as details of the rule `file-name`."""
    return _remedy("rename", better)


def _form(folder: str) -> str:
    """The pattern of a folder in `_KNOWN`: `products/*` for the folder of a product. Empty if there is none."""
    top, _, rest = folder.partition("/")
    if top == FOLDER and "/" in rest:
        name, _, inside = rest.partition("/")
        return f"{top}/{name}/*" if "/" not in inside else ""
    return folder if not rest or top == FOLDER else f"{top}/*" if "/" not in rest else ""


def _orphan(folder: str, name: str) -> str | None:
    """The product folder of a batch file whose product has no record. None for other files."""
    parts = folder.split("/")
    if parts[0] != "products" or name.startswith("product."):
        return None
    listed = len(parts) == 2 and name.lower() in BATCH_TABLES
    alone = parts[2:] == ["batches"] and name.endswith((".yml", ".yaml"))
    return "/".join(parts[:2]) if listed or alone else None


def _better(folder: str, name: str) -> str | None:
    """The name or path under which a file would be read. None if no known name is near."""
    plain = original(name) or name
    wanted = _known().get(_form(folder), ())
    for each in wanted:
        if plain == each or misnamed(each, [plain]):
            return _with_own_ending(name, each)
    for each in wanted:
        if _holds(name, each):
            return _with_own_ending(name, each)
    if original(name):
        return plain if plain != name else None
    for each, place in _elsewhere().items():
        if plain == each or misnamed(each, [plain]):
            return _placed(folder, each, place)
    if _HIDDEN_ENDING.search(plain):
        return plain.removesuffix(plain[-4:])
    return None


def _holds(name: str, wanted: str) -> bool:
    """Whether a name contains the stem of `wanted` as a word: `batches_旧.csv`, `batches.csv (1)`.

    Programs mark copies in too many ways to list.
    """
    stem = re.escape(wanted.partition(".")[0])
    word = re.search(rf"(?<![a-z0-9]){stem}(?![a-z0-9])", name, re.IGNORECASE)
    return bool(word) and _TABLE_OR_RECORD.search(name) is not None


def _with_own_ending(name: str, wanted: str) -> str:
    """The wanted name, with the ending of the file if that is an ending of a workbook."""
    stem, _, ending = wanted.rpartition(".")
    own = Path(name).suffix.lower()
    return f"{stem}{own}" if ending == "csv" and f"batches{own}" in BATCH_TABLES else wanted


def _placed(folder: str, name: str, place: str) -> str:
    """The right place of a record that lies in a wrong folder. In `place`, … stands for the folder of the record."""
    last = folder.rpartition("/")[2]
    return place.replace("…", last) if folder.count("/") >= 2 else place


def original(name: str) -> str | None:
    """The name of the original of a copy, without what cloud drives and file managers add. None if it is no copy."""
    plain = _OLD.sub("", name)
    stem, ending = Path(plain).stem, Path(plain).suffix
    while (shorter := _COPY.sub("", _COPY_OF.sub("", stem))) != stem and shorter:
        stem = shorter
    found = stem.rstrip() + ending
    return found if found != name and stem else None


def _tell_top(root: Path, report: Report) -> None:
    """Report records that lie beside `mkdocs.yml`, because none is read there."""
    try:
        names = sorted(
            each.name for each in os.scandir(root) if each.is_file(follow_symlinks=False)
        )
    except OSError:
        return
    for name in map(shown, names):
        if name == "mkdocs.yml" or _FOR_PEOPLE.fullmatch(name) or name[0] in "._":
            continue
        plain = original(name) or name
        if plain == "mkdocs.yml":
            _tell_name(".", name, plain, names, report)
            continue
        for each, place in _elsewhere().items():
            if plain == each or misnamed(each, [plain]):
                report.add(
                    "file-name",
                    Location(name),
                    value=name,
                    better=place,
                    folder=".",
                    **_remedy("move", place),
                )
                break
