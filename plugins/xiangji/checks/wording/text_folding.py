"""Folds texts into one form for comparison, and maps offsets back to the text as written.

Full-width forms are folded (NFKC). Traditional characters become simplified ones, as far as the searched terms need it.
Blanks, invisible characters and the asterisks and bars of Markdown are removed, so that `国 家**级**` becomes 国家级.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from xiangji.model.parsing.late_pattern import compiled, late_pattern

_PAIRS = (
    "國国級级優优無无綠绿機机獨独極极頂顶選选純纯銷销質质認认證证專专預预療疗壽寿養养補补腎肾壓压強强"
    "體体動动細细殺杀藥药醫医處处傳传億亿萬万佔占歷历遺遗產产業业號号檢检測测權权榮荣譽誉獎奖稱称聯联"
    "學学據据調调從从開开個个間间戶户營营額额數数員员網网點点單单縣县鄉乡鎮镇淨净龍龙頭头術术種种創创"
    "減减腫肿熱热濕湿氣气風风膽胆黃黄標标誌志齡龄當当與与為为兩两幾几餘余歲岁會会還还後后這这來来過过"
    "賣卖買买麼么時时實实鮮鲜貢贡禦御寶宝飲饮饌馔輻辐轉转條条給给齊齐週周適适陳陈復复癒愈緩缓癥症維维"
    "淚泪護护軟软營营節节約约長长連连續续門门銀银銅铜鐵铁範范舊旧廣广譯译價价錢钱貨货報报構构關关"
)
_SIMPLIFIED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""Traditional to simplified, only for the characters of the terms and patterns that are searched."""

_DROPPED = frozenset(" \t\u3000\u00a0*|`")

_HIDDEN = late_pattern(
    r"<!--.{0,2000}?-->|</?[A-Za-z][^<>]{0,2000}>"  # comments and tags of HTML
    r"|(?<=\])\([^()\n]{0,400}\)"  # the target of a link
    r"|https?://[^\s<>()]+"
    r"|^[ \t]*\[[^\[\]\n]{1,70}\][ \t]*$",  # a block: [卡片 k07]
    re.MULTILINE | re.DOTALL,
)


_HEARD = late_pattern(
    r"(?:alt|title|aria-label|aria-description|label|summary|content|placeholder|data-[\w-]+)"
    r"[ \t\n]*=[ \t\n]*(?:\"([^\"]*)\"|'([^']*)')"  # attributes of HTML
    r"|^\([^()\n]*?[ \t](?:\"([^\"\n]*)\"|'([^'\n]*)')[ \t]*\)$",  # the title of a link
    re.IGNORECASE,
)
"""What a browser shows or reads aloud of something hidden."""


class Folded(Struct, frozen=True, gc=False):
    """A folded text. `offsets` has the offset in `written` for each character of `text`."""

    text: str
    offsets: Sequence[int]
    written: str

    def words(self, start: int, end: int) -> str:
        """The text as written for the range from `start` to `end` of the folded text."""
        return self.written[self.offsets[start] : self.offsets[end - 1] + 1]


class _Signs(dict[int, str]):
    """The folded form of each character, worked out once. `uneven` are characters that become none or several."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        written = chr(code)
        found = _folded(written)
        if len(found) != 1:
            self.uneven.add(written)
        self[code] = found
        return found


_SIGNS = _Signs()


def fold(text: str) -> Folded:
    """Fold `text`. Line breaks are kept."""
    folded = text.translate(_SIGNS)
    if _SIGNS.uneven.isdisjoint(text):
        return Folded(folded, range(len(text)), text)
    signs = [_SIGNS[ord(each)] for each in text]
    return Folded(folded, [offset for offset, each in enumerate(signs) for _ in each], text)


def _folded(written: str) -> str:
    """The folded form of one character: none, one or several characters."""
    return "".join(
        [
            _SIMPLIFIED.get(each, each)
            for each in unicodedata.normalize("NFKC", written)
            if each not in _DROPPED and (each.isprintable() or each == "\n")
        ]
    )


def read_aloud(markdown: str) -> str:
    """Markdown with code, link targets, tags and blocks replaced by spaces. Offsets stay the same."""
    lines = markdown.split("\n")
    fence = ""
    fenced = "```" in markdown or "~~~" in markdown
    for number, line in enumerate(lines) if fenced else ():
        opened = compiled(r"[ \t]{0,3}(`{3,}|~{3,})").match(line)
        if fence or opened:
            lines[number] = " " * len(line)
        if opened and not fence:
            fence = opened[1]
        elif opened and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return _HIDDEN.sub(_heard, "\n".join(lines))


def _heard(match: re.Match[str]) -> str:
    """Something hidden as blanks, with what is shown of it at its place."""
    hidden = match[0]
    signs = list(re.sub(r"[^\n]", " ", hidden))
    for found in () if hidden.startswith("<!--") else _HEARD.finditer(hidden):
        for group in range(1, 5):
            start, end = found.span(group)
            if start >= 0:
                signs[start:end] = hidden[start:end]
    return "".join(signs)


def essence(text: str) -> str:
    """A text folded and without punctuation, to compare two spellings of a sentence."""
    return said(fold(text).text)


class _Spoken(dict[int, str]):
    """Each character that is no punctuation as it is, and nothing for the others, worked out once."""

    def __missing__(self, code: int) -> str:
        written = chr(code)
        self[code] = found = written if written.isalnum() or written == "%" else ""
        return found


_SPOKEN = _Spoken()


def said(folded: str) -> str:
    """A folded text without its punctuation."""
    return folded.translate(_SPOKEN)
