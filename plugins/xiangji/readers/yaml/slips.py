"""Recognises typical slips in YAML from the error of the parser and the lines around it.

The parser's message seldom names what the author did wrong. So this module reports a problem with a corrected line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report

if TYPE_CHECKING:
    import yaml

FULL_COLON = late_pattern(r"^(\s*(?:- )?)([^\s:：#\"'][^:：#\"']{0,30})：\s*(.*)$")
NO_SPACE = late_pattern(r"^(\s*(?:- )?)([^\s:\"'#{\[]{1,30}):([^\s:/\\].*)$")

_KEY = r"\s*(?:- )*[^\s:#\"'][^:#\"']{0,30}"
_TWO_COLONS = late_pattern(rf"^({_KEY}): +([^\"'\[{{|>\s].*?):(?= |$)(.*)$")
_QUOTED = late_pattern(rf"^({_KEY}): +([\"'])(.*)$")
_INLINE = late_pattern(rf"^{_KEY}: +[^\s#|>\[{{]")
_HASH = late_pattern(r":\s+(#\S.*)$|-\s+(#[0-9A-Fa-f]{6})\s*$")
_COLOUR = late_pattern(r"#[0-9A-Fa-f]{3,8}$")

_WHY = {
    "did not find expected ',' or ']'": "方括号 [ 从这里打开，没有配上 ]",
    "did not find expected ',' or '}'": "花括号 { 从这里打开，没有配上 }",
    "did not find expected node content": "方括号或花括号里少了内容，或者没有合上",
    "found character that cannot start any token": "内容不能用这个符号开头，给整句加上英文引号",
    "block sequence entries are not allowed": "“- ”要另起一行写",
    "found unexpected document indicator": "内容中间有一行 ---",
}
"""Messages of libyaml in Chinese. For all other messages a general one is used."""


def report_syntax(error: yaml.YAMLError, text: str, path: str, shift: int, report: Report) -> None:
    """Report an error of the YAML parser. `shift` is the number of lines of the file before `text`."""
    _Slips(error, text, path, shift, report).tell()


class _Slips:
    """One error of the parser, with the lines from which it may come and the report."""

    def __init__(
        self, error: yaml.YAMLError, text: str, path: str, shift: int, report: Report
    ) -> None:
        self._lines = text.split("\n")
        self._path = path
        self._shift = shift
        self._report = report
        self._context = getattr(error, "context", None) or ""
        self._problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        self._opened = getattr(error, "context_mark", None)
        mark = getattr(error, "problem_mark", None)
        self._line = mark.line if mark else 0
        self._column = mark.column if mark else 0
        if self._line >= len(self._lines):  # The last line has no newline; the parser adds one.
            self._line, self._column = len(self._lines) - 1, len(self._lines[-1])

    def tell(self) -> None:
        """Report the first slip that explains the error, or else the error itself."""
        if not (
            self._quoted()
            or self._near_slip()
            or self._unpaired()
            or self._colons()
            or self._sign()
            or self._no_colon()
            or self._indent()
        ):
            self._other_error()

    def _add(self, rule: str, line: int, column: int, **details: object) -> bool:
        """Report at a line and column (both from 0). Always returns True, to show that a problem was reported."""
        if line >= len(self._lines):
            line, column = len(self._lines) - 1, len(self._lines[-1])
        place = Location(self._path, line + 1 + self._shift, column + 1)
        self._report.add(rule, place, **details)
        return True

    def _quoted(self) -> bool:
        """Report a quoted text that is never closed, or that contains a backslash."""
        if "quoted scalar" not in self._context or self._opened is None:
            return False
        line, column = self._opened.line, self._opened.column
        content = self._lines[line]
        if self._context.startswith("while scanning"):
            return self._add("yaml-quote", line, column, value=content.strip())
        better = re.sub(r"\\+", "/", content.strip())
        better = re.sub(r"[A-Za-z]:/(?:[^\"]*/)?(?=[^/\"]+\"?$)", "media/", better)
        return self._add("yaml-backslash", line, column, value=content.strip(), better=better)

    def _near_slip(self) -> bool:
        for number in (self._line - 1, self._line):
            if 0 <= number < len(self._lines) and self._slip(number):
                return True
        return any(self._slip(number, certain=True) for number in range(self._line + 1))

    def _slip(self, number: int, certain: bool = False) -> bool:
        """Report a typical slip in one line.

        With `certain`, only a tab and a full-width colon after a short key count, because the parser stopped elsewhere.
        """
        line = self._lines[number]
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            return self._add("yaml-tab", number, indent.index("\t"))
        if (match := FULL_COLON.match(line)) and (not certain or len(match[2]) <= 8):
            column = len(match[1]) + len(match[2])
            rest = re.sub(r":(?= |$) *", "：", match[3])
            better = f"{match[2]}: {rest}".rstrip()
            return self._add("yaml-colon", number, column, value=line.strip(), better=better)
        if not certain and (match := NO_SPACE.match(line)):
            column = len(match[1]) + len(match[2])
            better = f"{match[2]}: {match[3]}"
            return self._add("yaml-colon-space", number, column, value=line.strip(), better=better)
        return False

    def _unpaired(self) -> bool:
        """Report a quote that is not closed on its line, or words after the closing quote."""
        if "did not find expected key" not in self._problem:
            return False
        for number, line in enumerate(self._lines[: self._line + 1]):
            match = _QUOTED.match(line)
            if match is None:
                continue
            column = len(match[1]) + line[len(match[1]) :].index(match[2])
            mark, rest = match[2], match[3].replace("\\" + match[2], "")
            if rest.count(mark) % 2 == 0:
                return self._add("yaml-quote", number, column, value=line.strip())
            if re.match(rf"[^{mark}]*{mark}\s*[^\s#]", rest):
                better = f"{match[1].strip()}: {_chinese_quotes(mark + match[3], mark)}"
                value = line.strip()
                return self._add("yaml-quote-rest", number, column, value=value, better=better)
        return False

    def _colons(self) -> bool:
        """Report a second colon in a line, which the parser takes for another key."""
        line = self._lines[self._line]
        match = _TWO_COLONS.match(line)
        if "mapping values are not allowed" not in self._problem or match is None:
            return False
        before, rest = match[2], match[3].strip()
        rest = re.sub(r":(?= |$) *", "：", rest)
        chinese = any(ord(c) > 0x2E80 for c in before + rest)
        value = f"{before}：{rest}" if chinese else f'"{before}: {rest}"'
        key = match[1].strip()
        details = {"better": f"{key}: {value}", "better_en": f'{key}: "{before}: {rest}"'}
        value = line.strip()
        return self._add("yaml-two-colons", self._line, self._column, value=value, **details)

    def _sign(self) -> bool:
        """Report a text that begins with * or &, which YAML reads as an alias or anchor."""
        for word, what, sign in (("alias", "引用", "*"), ("anchor", "锚点", "&")):
            if f"scanning an {word}" in self._context:
                details = {"what": f"{what}（{sign}）", "what_en": f"{word} ({sign})", "sign": sign}
                return self._add("yaml-forbidden", self._line, self._column - 1, **details)
        return False

    def _no_colon(self) -> bool:
        """Report a line with a key and a value but no colon."""
        line = None
        if "could not find expected ':'" in self._problem and self._opened is not None:
            line = self._opened.line
        elif "mapping values are not allowed" in self._problem and self._line:
            before = self._lines[self._line - 1]
            flat = _indent(before) == _indent(self._lines[self._line])
            line = self._line - 1 if flat and before.strip() and ":" not in before else None
        if line is None or line >= len(self._lines):
            return False
        words = self._lines[line].strip().removeprefix("- ").split(maxsplit=1)
        better = ": ".join(words) if len(words) == 2 else f"{''.join(words)}: …"
        column = _indent(self._lines[line])
        return self._add(
            "yaml-no-colon", line, column, value=self._lines[line].strip(), better=better
        )

    def _indent(self) -> bool:
        """Report a line whose indentation fits no other line."""
        stray = (
            "did not find expected key",
            "did not find expected '-'",
            "<block end>",
            "<document start>",
        )
        line = self._lines[self._line]
        if not any(each in self._problem for each in stray):
            before = next((x for x in reversed(self._lines[: self._line]) if x.strip()), "")
            deeper = _INLINE.match(before) and _indent(line) > _indent(before)
            if "mapping values are not allowed" not in self._problem or not deeper:
                return False
        blanks = _indent(line)
        return self._add("yaml-indent", self._line, blanks, value=line.strip(), blanks=blanks)

    def _other_error(self) -> None:
        line, column = self._line, self._column
        if self._context.endswith(("flow sequence", "flow mapping")) and self._opened is not None:
            line, column = self._opened.line, self._opened.column
        why = next((zh for en, zh in _WHY.items() if en in self._problem), "写法不对")
        self._add("yaml-syntax", line, column, why=why, why_en=self._problem)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _chinese_quotes(text: str, mark: str) -> str:
    """Replace straight quotes by pairs of Chinese ones, which need no escaping in YAML."""
    pairs = iter("“”" * len(text))
    return "".join(next(pairs) if c == mark else c for c in text)


def lost_to_comment(line: str) -> str:
    """The text that was meant as a value but that YAML reads as a comment, because it begins with #. Empty if none.

    A real comment has a blank after the #, so `# 还没有` is a comment.
    """
    match = _HASH.search(line)
    if match is None:
        return ""
    found = (match[1] or match[2]).strip()
    first = found.split()[0]
    return first if _COLOUR.match(first) else found
