"""Reports folders beside `mkdocs.yml` that were probably meant as content folders, because nothing in them is read.

People translate (`故事/`), capitalise (`Products/`), leave letters out (`story/`), and cloud drives leave copies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from xiangji.model.folders import CONTENT_FOLDERS, may_be_content
from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.left_out import original
from xiangji.readers.village_folder import shown

_ALSO = {
    "products": ("product", "goods", "产品", "商品", "农产品", "村里的产品"),
    "stories": ("story", "storys", "故事", "村里的故事", "工作坊"),
    "village": ("villages", "村", "村子", "村里", "村里的事"),
}
"""Other words that people use for a content folder."""

_CLOSE = 0.85
"""How alike two names are where one is a slip of the other: `prodcuts` is, `process` is not."""


def tell_left_out_folders(root: Path, report: Report) -> None:
    """Report each folder below `root` whose name is nearly that of a content folder."""
    for name in _folders(root):
        better = _meant(name)
        if better and not _is_same(root, name, better):
            seen = shown(name)
            report.add("folder-unread", Location(seen), value=seen, better=better)


def _folders(root: Path) -> Iterator[str]:
    try:
        with os.scandir(root) as found:
            names = sorted(each.name for each in found if each.is_dir(follow_symlinks=False))
    except OSError:
        return
    yield from filter(may_be_content, names)


def _meant(name: str) -> str | None:
    """The content folder that a name was probably meant for; None if none is near."""
    plain = (original(name) or name).strip().lower()
    words = {word: folder for folder, others in _ALSO.items() for word in (folder, *others)}
    if plain in words:
        return words[plain]
    from difflib import get_close_matches  # Imported late, because only such folders need it.

    close = get_close_matches(plain, CONTENT_FOLDERS, n=1, cutoff=_CLOSE)
    return close[0] if close else None


def _is_same(root: Path, name: str, better: str) -> bool:
    """Whether both names mean one folder, as on disks that do not tell capitals from small letters."""
    try:
        return (root / name).samefile(root / better)
    except OSError:
        return False
