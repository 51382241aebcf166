"""`exclude_docs` and `draft_docs` of `mkdocs.yml`: patterns as in `.gitignore`, the later ones before the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def excluded(path: str, patterns: Iterable[str]) -> bool:
    """Whether patterns leave out a file (POSIX path below `docs_dir`), or a folder that it lies in."""
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        out = False
        for line in patterns:
            wanted = line.strip()
            of_folders = wanted.endswith("/") and count == len(parts)
            if not wanted or wanted.startswith("#") or of_folders:
                continue
            if _pattern(wanted.removeprefix("!")).fullmatch("/".join(parts[:count])):
                out = not wanted.startswith("!")
        if out:
            return True
    return False


@lru_cache(200)
def _pattern(line: str) -> re.Pattern[str]:
    """A pattern of gitignore(5) as an expression for whole paths."""
    inner = line.rstrip("/")
    anywhere = "" if "/" in inner else "(?:.*/)?"
    found = re.findall(
        r"/\*\*/|\*\*/|/\*\*$|\*\*|\*|\?|\[[^\]]+\]|.", inner.removeprefix("/"), re.DOTALL
    )
    return re.compile(anywhere + "".join(map(_piece, found)), re.DOTALL)


def _piece(sign: str) -> str:
    known = {
        "/**/": "/(?:.*/)?", "**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]",
    }  # fmt: skip
    if sign in known:
        return known[sign]
    if len(sign) > 1:
        inside = sign[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[{'^' + inside[1:] if inside[0] == '!' else inside}]"
    return re.escape(sign)
