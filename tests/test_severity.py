"""Errors stop, warnings stop under `--strict`, hints never do; each is counted and named."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from xiangji import rules
from xiangji.problems import Problem, Severity, as_github, as_json, as_text, fatal, problem, summary
from xiangji.records.location import Location
from xiangji.rules import RULES

TABLES = [each.name for each in iter_modules(rules.__path__) if each.name != "rule"]
PLACE = Location("products/media/p.jpg")
ERROR = problem("file-missing", PLACE, value="a", near="b")
WARNING = problem("claim-absent", PLACE, value="a")
HINT = problem("photo-dark", PLACE)


@pytest.mark.parametrize(
    ("found", "usual", "strict"),
    [([], False, False), ([HINT], False, False), ([WARNING], False, True), ([ERROR], True, True)],
)
def test_what_stops(found: list[Problem], usual: bool, strict: bool) -> None:
    assert (fatal(found, strict=False), fatal(found, strict=True)) == (usual, strict)


def test_no_rule_is_worded_twice() -> None:
    """Later tables would hide earlier ones."""
    modules = [import_module(f"xiangji.rules.{name}") for name in TABLES]
    names = [name for module in modules for name in module.RULES]
    assert len(names) == len(set(names)) and set(names) == set(RULES)


def test_each_has_its_word_and_its_count() -> None:
    assert [each.severity for each in (ERROR, WARNING, HINT)] == list(Severity)
    assert "提示 [photo-dark]" in as_text([HINT])
    assert '"severity": "notice"' in as_json([HINT])
    assert as_github([HINT]).startswith("::notice file=products/media/p.jpg")
    assert summary([ERROR, WARNING, HINT]) == "1 处错误，1 处提醒，1 处提示"
    assert summary([ERROR, HINT], "en") == "1 error(s), 0 warning(s), 1 hint(s)"
    assert summary([WARNING]) == "0 处错误，1 处提醒"
