"""Parses the timing line of a WebVTT cue, and recognises frequent mistakes in it."""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.readers.media.reasons import Reason

_STAMP = late_pattern(r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
_D = "[0-9０-９]{1,9}"
_LOOSE = late_pattern(rf"(?:({_D})[:：])?({_D})[:：]({_D})(?:[.,，。．]({_D}))?")
_ARROWS = "-->|-+ *>|[—–－]+[>＞]|→|⟶|➔"
TIMING = late_pattern(rf"\s*{_LOOSE.pattern}\s*(?:{_ARROWS})")
"""Matches a line that was meant as a timing line: it begins with a time and something like an arrow."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class TimeSlip(Struct, frozen=True):
    """A mistake in a timing line: the text, its column (from 1), the reason, and the probable correction."""

    value: str
    column: int
    why: Reason
    better: str


class ArrowLine(Struct, frozen=True):
    """A parsed timing line. Times are in seconds, or None if unreadable. `rest` is the text after the times."""

    start: float | None
    end: float | None
    slips: tuple[TimeSlip, ...] = ()
    rest: str = ""
    rest_column: int = 1


def read_timing(line: str) -> ArrowLine:
    """Parse a line that matches `TIMING`."""
    arrow = re.search(_ARROWS, line)
    if arrow is None:  # Without an arrow it is no timing line.
        return ArrowLine(None, None)
    before, after = line[: arrow.start()], line[arrow.end() :]
    words = re.match(r"\s*(\S*)", after)
    second = words[1] if words else ""
    loose = _LOOSE.match(second)
    if loose and _LOOSE.fullmatch(second) is None:  # Text follows the time without a blank.
        second = loose[0]
    column = len(before) - len(before.lstrip()) + 1
    at = arrow.end() + after.find(second)
    slips: list[TimeSlip] = []
    start = _seconds(before.strip(), column, slips)
    end = _seconds(second, at + 1, slips)
    whole = f"{before.strip()} --> {second}"
    if arrow[0] != "-->":
        why = Reason("箭头要写成 -->", "the arrow is written -->")
        slips.append(TimeSlip(arrow[0], arrow.start() + 1, why, whole))
    elif not slips and not (before.endswith((" ", "\t")) and after.startswith((" ", "\t"))):
        why = Reason("箭头两边要各空一格", "blanks stand around the arrow")
        slips.append(TimeSlip(arrow[0], arrow.start() + 1, why, whole))
    rest = line[at + len(second) :]
    return ArrowLine(start, end, tuple(slips), rest, at + len(second) + 1)


def _seconds(text: str, column: int, slips: list[TimeSlip]) -> float | None:
    """The seconds of a time. If its form is wrong, None, and a slip is added to `slips`."""
    match = _STAMP.fullmatch(text)
    if match:
        hours, minutes, seconds, thousandths = (int(each or 0) for each in match.groups())
        return ((hours * 60 + minutes) * 60_000 + seconds * 1000 + thousandths) / 1000
    slips.append(TimeSlip(text, column, *_diagnosed(text)))
    return None


_EXAMPLE = "00:01.000"


def _diagnosed(text: str) -> tuple[Reason, str]:
    """The reason why a time cannot be read, and the probable correction."""
    loose = _LOOSE.fullmatch(text)
    if loose is None:
        return Reason("看不出是什么时间", "it does not say a time"), _EXAMPLE
    hours, minutes, seconds, part = (
        each.translate(_DIGITS) if each else "" for each in loose.groups()
    )
    whole_minutes, below = divmod(int(minutes) * 60 + int(seconds), 60)
    over, below_hour = divmod(whole_minutes, 60)
    head = f"{int(hours or 0) + over:02}:" if hours or over else ""
    better = f"{head}{below_hour:02}:{below:02}.{part[:3].ljust(3, '0')}"
    if int(minutes) > 59 or int(seconds) > 59:
        return Reason("分和秒都不能满 60", "minutes and seconds stay below 60"), better
    if re.search("[：，。．０-９]", text):
        return Reason("用了全角的数字或标点", "it holds full-width characters"), better
    if "," in text:
        return Reason(
            "毫秒前面要用点，不用逗号", "a dot, not a comma, stands before thousandths"
        ), better
    if not part:
        return Reason("没有写毫秒", "thousandths of a second are missing"), better
    if len(part) != 3:
        return Reason("毫秒要写三位", "thousandths have three digits"), better
    return Reason("时、分、秒都要写两位", "hours, minutes and seconds have two digits"), better
