"""Files that systems and programs leave beside a person's own, by their names. Nobody wrote them, so nobody misses them."""

from __future__ import annotations

import re

_JUNK = re.compile(
    r"\._.*|~\$.*|\.~lock\..*#|thumbs\.db(:encryptable)?|ehthumbs\.db|desktop\.ini|\.ds_store|\.localized|icon\r"
    r"|\.directory|\.spotlight-v100|\.trashes|\.fseventsd|__macosx|\$recycle\.bin|system volume information"
    r"|\..*\.sw[a-p]|.*~|\.#.*|#.*#|4913",
    re.IGNORECASE | re.DOTALL,
)
"""In this order: macOS' resource forks, Office's and LibreOffice's locks, folder pictures and settings of Windows,
macOS and KDE, their folders, then swap files and copies of Vim, Emacs and their kin (4913 is Vim's probe)."""


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is a system's or an editor's, and belongs to nobody's content."""
    return _JUNK.fullmatch(name) is not None
