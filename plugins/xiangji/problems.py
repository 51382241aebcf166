"""Problems: an author's mistake as a value with a rule, a location and a remedy, never an exception.

Every stage returns its problems; a host reports all of them together. The wording is in `locale/`, in Chinese and
English, and is loaded only when there is something to report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.messages import message
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import compiled
from xiangji.model.rule import ERROR, HINT, NEXT
from xiangji.rules import grade_of, text_of


class Severity(Enum):
    """An error stops the build, a warning stops it with `--strict`, a hint never does."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "notice"


class Problem(Struct, frozen=True):
    """One finding. `details` fill the placeholders of the rule's message; `location` is where to look."""

    rule: str
    location: Location
    details: tuple[tuple[str, str], ...] = ()
    raised: bool = False
    """Whether a warning is reported as the error that it will be in the next version."""

    @property
    def severity(self) -> Severity:
        """Whether it stops a build, or a strict one, or none."""
        grade = grade_of(self.rule)
        if grade == HINT:
            return Severity.HINT
        return Severity.ERROR if grade == ERROR or self.raised else Severity.WARNING

    def message(self, language: str) -> str:
        """What is wrong, in `zh` or `en`."""
        return self._fill(text_of("problem", self.rule, language))

    def remedy(self, language: str) -> str:
        """What to do about it, in `zh` or `en`."""
        return self._fill(text_of("remedy", self.rule, language))

    def _fill(self, text: str) -> str:
        # All placeholders are filled in one pass, so that braces inside a value are not filled.
        details = dict(self.details)
        return compiled(r"\{(\w+)\}").sub(lambda match: details.get(match[1], match[0]), text)


def problem(rule: str, location: Location, **details: object) -> Problem:
    """Make a problem. `details` become text and are shortened, so that the message stays readable."""
    return Problem(rule, location, tuple((k, _short(str(v))) for k, v in details.items()))


def _short(text: str, longest: int = 160) -> str:
    """A value for a message: one line, without control characters, at most `longest` characters and an ellipsis."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in spaced)
    return plain if len(plain) <= longest else plain[:longest] + "…"


class Report(Struct):
    """Collects problems while files are read, so that all of them are reported together."""

    problems: list[Problem] = field(default_factory=list)
    lost: set[tuple[type[Any], str]] = field(default_factory=set)
    """Records that were written but could not be read, by class and id; `*` for all of a class.

    References to them are not reported as missing.
    """

    def add(self, rule: str, location: Location, **details: object) -> None:
        """Add a problem, with the arguments of `problem`."""
        self.problems.append(problem(rule, location, **details))

    def lose(self, record: type[Any], key: str = "*") -> None:
        """Record that a record exists but could not be read."""
        self.lost.add((record, key))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by location, without duplicates."""
    return tuple(sorted(set(problems), key=lambda item: (item.location, item.rule, item.details)))


def as_of_next(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems as the next version will report them."""
    return tuple(
        replace(each, raised=True) if grade_of(each.rule) == NEXT else each for each in problems
    )


def fatal(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether these problems stop the build."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(item.severity in stopping for item in problems)


def as_text(
    problems: Iterable[Problem],
    language: str = "zh",
    called: str = "",
    quoted: Callable[[Problem], str] = lambda _: "",
) -> str:
    """The report people read: Chinese and English, the reader's own language first.

    `called` is what each finding is called instead of its severity. `quoted` returns the faulty line, or an empty text.
    """
    languages = ("zh", "en") if language == "zh" else ("en", "zh")
    blocks = []
    for item in problems:
        usual = "next" if item.raised else item.severity.value
        word = called or message("report", usual, language)
        lines = [f"{item.location}: {word} [{item.rule}]", *filter(None, (quoted(item),))]
        for each in languages:
            remedy = message("report", "remedy", each).format(remedy=item.remedy(each))
            lines += [f"  {item.message(each)}", f"    {remedy}"]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON array of the problems, for editors and scripts."""
    rows = [
        {
            "path": item.location.path,
            "line": item.location.line,
            "column": item.location.column,
            "severity": item.severity.value,
            "rule": item.rule,
            "message": {each: item.message(each) for each in ("zh", "en")},
            "remedy": {each: item.remedy(each) for each in ("zh", "en")},
        }
        for item in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """GitHub workflow commands, which GitHub shows beside the line."""
    lines = []
    for item in problems:
        text = f"{item.message('zh')} {item.remedy('zh')} / {item.message('en')}"
        text = text.replace("%", "%25").replace("\n", "%0A")
        path = item.location.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        path = path.replace("\r", "%0D").replace("\n", "%0A")
        place = f"file={path},line={item.location.line},col={item.location.column}"
        lines.append(f"::{item.severity.value} {place},title={item.rule}::{text}")
    return "\n".join(lines)


def summary(problems: Iterable[Problem], language: str = "zh") -> str:
    """The number of problems of each severity, as a sentence."""
    found = list(problems)
    counts = {each: sum(item.severity is each for item in found) for each in Severity}
    told = message("report", "summary", language).format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING]
    )
    if not counts[Severity.HINT]:
        return told
    more = message("report", "summary-hints", language)
    return more.format(summary=told, hints=counts[Severity.HINT])
