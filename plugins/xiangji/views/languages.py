"""Tells programs that read aloud which language a text is in: an English page, and what is Chinese in it."""

from __future__ import annotations

import re

from xiangji.model.parsing.late_pattern import late_pattern

CHINESE, ENGLISH = "zh-CN", "en"

_SIGNS = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
_SIGN = late_pattern(f"[{_SIGNS}]")
_RUN = late_pattern(f"[{_SIGNS}](?:[{_SIGNS}\u3000-\u303f\uff00-\uffef]*[{_SIGNS}])?")
_WORD = late_pattern(r"[A-Za-z]{2,}")
_TAG = late_pattern(r"(<[^>]*>)")
_CODE = late_pattern(r"<(pre|code|script|style)\b.*?</\1>", re.DOTALL)
_OPAQUE = ("script", "style", "svg", "textarea", "title")
"""Elements in which no element may stand."""


def language_of(html: str) -> str:
    """The language of a page: English if its words outnumber the Chinese characters. Code does not count."""
    text = _TAG.sub(" ", _CODE.sub(" ", html))
    return ENGLISH if len(_WORD.findall(text)) > len(_SIGN.findall(text)) else CHINESE


def with_chinese_marked(html: str) -> str:
    """HTML of an English page in which each run of Chinese characters says that it is Chinese."""
    pieces = _TAG.split(html)
    closing = ""
    for at, piece in enumerate(pieces):
        if at % 2:
            name = re.match(r"<(/?[a-zA-Z]+)", piece)
            tag = name[1].lower() if name else ""
            if not closing and tag in _OPAQUE and not piece.endswith("/>"):
                closing = f"/{tag}"
            elif tag == closing:
                closing = ""
        elif piece and not closing:
            pieces[at] = _RUN.sub(lambda run: f'<span lang="{CHINESE}">{run[0]}</span>', piece)
    return "".join(pieces)


_LEADS = bytes(range(0xD6, 0xE0))
"""How letters of these scripts begin in UTF-8, and nothing that a Chinese page has otherwise."""


def directed(document: bytes) -> bytes:
    """An HTML document with `dir` on whatever runs from right to left."""
    if len(document.translate(None, _LEADS)) == len(document):
        return document  # Nearly every page has nothing of it.
    from xiangji.views.direction import with_directions

    return with_directions(document)
