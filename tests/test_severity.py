"""Errors stop, warnings stop under `--strict`, hints never do; each is counted and named."""

from __future__ import annotations

import pytest

from xiangji.kinds.installed import kind_rules
from xiangji.model.location import Location
from xiangji.problems import (
    Problem,
    Severity,
    as_github,
    as_json,
    as_of_next,
    as_text,
    fatal,
    problem,
    summary,
)
from xiangji.rules import grade_of

PLACE = Location("products/media/p.jpg")
ERROR = problem("file-missing", PLACE, value="a", near="b")
WARNING = problem("claim-absent", PLACE, value="a")
HINT = problem("photo-dark", PLACE)
LATER = problem("lint-allow-proof", PLACE, value="国家级", why="没有依据", why_en="it has no proof")


@pytest.mark.parametrize(
    ("found", "usual", "strict"),
    [([], False, False), ([HINT], False, False), ([WARNING], False, True), ([ERROR], True, True)],
)
def test_what_stops(found: list[Problem], usual: bool, strict: bool) -> None:
    assert (fatal(found, strict=False), fatal(found, strict=True)) == (usual, strict)


def test_each_has_its_word_and_its_count() -> None:
    assert [each.severity for each in (ERROR, WARNING, HINT)] == list(Severity)
    assert "提示 [photo-dark]" in as_text([HINT])
    assert '"severity": "notice"' in as_json([HINT])
    assert as_github([HINT]).startswith("::notice file=products/media/p.jpg")
    assert summary([ERROR, WARNING, HINT]) == "1 处错误，1 处提醒，1 处提示"
    assert summary([ERROR, HINT], "en") == "1 error(s), 0 warning(s), 1 hint(s)"
    assert summary([WARNING]) == "0 处错误，1 处提醒"


def test_what_stops_the_next_version_is_a_warning_until_then() -> None:
    """New errors for old content are warnings for one version."""
    found = [ERROR, WARNING, HINT, LATER]
    assert LATER.severity is Severity.WARNING and not fatal([LATER], strict=False)
    told = as_of_next(found)
    assert [each.severity for each in told] == [*list(Severity), Severity.ERROR]
    assert told[:3] == tuple(found[:3]) and fatal(told[3:], strict=False)
    assert "下一版的错误 [lint-allow-proof]" in as_text(told)
    assert "error with the next version [lint-allow-proof]" in as_text(told, "en")
    assert summary(told) == "2 处错误，1 处提醒，1 处提示"
    assert as_github(told[3:]).startswith("::error ")
    assert '"severity": "error"' in as_json(told[3:])


def test_only_warnings_stop_with_the_next_version() -> None:
    """An error stops now, and a hint never does."""
    for name, rule in kind_rules().items():
        assert not rule.stops_next or (rule.warning and not rule.hint), name
    assert grade_of("lint-allow-proof") == "next"
