"""Recognises by their names the files that systems and programs leave in folders, such as `.DS_Store`."""

from __future__ import annotations

import re

from xiangji.model.parsing.late_pattern import late_pattern

_JUNK = late_pattern(
    r"\._.*|~\$.*|\.~lock\..*#|thumbs\.db(:encryptable)?|ehthumbs\.db|desktop\.ini|\.ds_store|\.localized|icon\r"
    r"|\.directory|\.spotlight-v100|\.trashes|\.fseventsd|__macosx|\$recycle\.bin|system volume information"
    r"|\..*\.sw[a-p]|.*~|\.#.*|#.*#|4913",
    re.IGNORECASE | re.DOTALL,
)
"""In this order: resource forks of macOS, lock files of Office and LibreOffice, thumbnails and folder settings of
Windows, macOS and KDE, their system folders, then swap and backup files of Vim, Emacs and others (Vim creates 4913 as a
test)."""


def is_junk(name: str) -> bool:
    """Whether a file or folder with this name was left by a system or an editor, and is no content."""
    return _JUNK.fullmatch(name) is not None
