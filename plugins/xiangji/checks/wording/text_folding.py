"""Text as it is compared: one form for every way of writing the same words, with the way back.

Full-width forms are folded (NFKC), traditional characters of the terms we look for become simplified
ones, blanks, invisible characters and Markdown's stars and bars go away, so that `国 家**级**` is
still 国家级. Every folded character knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

_PAIRS = (
    "國国級级優优無无綠绿機机獨独極极頂顶選选純纯銷销質质認认證证專专預预療疗壽寿養养補补腎肾壓压強强"
    "體体動动細细殺杀藥药醫医處处傳传億亿萬万佔占歷历遺遗產产業业號号檢检測测權权榮荣譽誉獎奖稱称聯联"
    "學学據据調调從从開开個个間间戶户營营額额數数員员網网點点單单縣县鄉乡鎮镇淨净龍龙頭头術术種种創创"
    "減减腫肿熱热濕湿氣气風风膽胆黃黄標标誌志齡龄當当與与為为兩两幾几餘余歲岁會会還还後后這这來来過过"
    "賣卖買买麼么時时實实鮮鲜貢贡禦御寶宝飲饮饌馔輻辐轉转條条給给齊齐週周適适陳陈復复癒愈緩缓癥症維维"
    "淚泪護护軟软營营節节約约長长連连續续門门銀银銅铜鐵铁範范舊旧廣广譯译價价錢钱貨货報报構构關关"
)
_SIMPLIFIED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""Only what our own terms and patterns hold: a table of all characters is not needed for them."""

_DROPPED = frozenset(" \t\u3000\u00a0*|`")

_HIDDEN = re.compile(
    r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,400}>"  # comments and tags
    r"|(?<=\])\([^()\n]{0,400}\)"  # where a link leads
    r"|https?://[^\s<>()]+"
    r"|^[ \t]*\[[^\[\]\n]{1,70}\][ \t]*$",  # a block of ours: [卡片 k07]
    re.MULTILINE | re.DOTALL,
)


class Folded(Struct, frozen=True):
    """A folded text; `offsets` says of each of its characters where it stood as written."""

    text: str
    offsets: tuple[int, ...]
    written: str

    def words(self, start: int, end: int) -> str:
        """What was written at `start` to `end` of the folded text."""
        return self.written[self.offsets[start] : self.offsets[end - 1] + 1]


def fold(text: str) -> Folded:
    """Fold `text`; lines stay lines."""
    folded = [_folded(each) for each in text]
    offsets = [offset for offset, each in enumerate(folded) for _ in each]
    return Folded("".join(folded), tuple(offsets), text)


@lru_cache(8192)
def _folded(written: str) -> str:
    """What stands for one character: nothing, or several as well."""
    return "".join(
        [
            _SIMPLIFIED.get(each, each)
            for each in unicodedata.normalize("NFKC", written)
            if each not in _DROPPED and (each.isprintable() or each == "\n")
        ]
    )


def read_aloud(markdown: str) -> str:
    """Markdown with what nobody reads aloud blanked out: code, link targets, tags, our blocks.
    Every other character stays where it stands."""
    lines = markdown.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        opened = re.match(r"[ \t]{0,3}(`{3,}|~{3,})", line)
        if fence or opened:
            lines[number] = " " * len(line)
        if opened and not fence:
            fence = opened[1]
        elif opened and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), "\n".join(lines))


def essence(text: str) -> str:
    """A text reduced to what is said: folded, without punctuation, for comparing two writings."""
    return said(fold(text).text)


def said(folded: str) -> str:
    """A folded text without its punctuation."""
    return "".join(each for each in folded if each.isalnum() or each == "%")
