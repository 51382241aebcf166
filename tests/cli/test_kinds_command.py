"""`xiangji kinds` tells what can be written down, from nothing but the kinds and their fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import here, write
from xiangji.cli.reports.kinds import all_kinds, kind_called, one_kind
from xiangji.kinds.installed import further_kinds, installed_kinds
from xiangji.model.fields import fields_of, record_name

KINDS = installed_kinds().kinds
OWN = further_kinds()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_of_them_are_told(lang: str) -> None:
    told = all_kinds(lang)
    assert all((kind.name in told and kind.record_files) or kind.within for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_one_of_them_is_told_in_full(kind: object) -> None:
    chinese, english = (one_kind(kind, lang) for lang in ("zh", "en"))  # type: ignore[arg-type]
    for row in fields_of(kind.record):  # type: ignore[attr-defined]
        assert row.zh in chinese and row.help_zh in chinese and row.help_en in english


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_its_example_can_be_copied(kind: object, tmp_path: Path) -> None:
    chinese = one_kind(kind, "zh")  # type: ignore[arg-type]
    example = chinese.partition("照着写：\n\n")[2].partition("\n\n")[0]
    name, one = kind.name, kind.one  # type: ignore[attr-defined]
    config = "site_name: 村\nsite_url: https://cun.example.cn/\nplugins: [xiangji]\n"
    files = {"mkdocs.yml": config, "products/brand.yml": "名称: 村\n"}
    root = write(tmp_path, {**files, f"village/{name}/x/{one}.yml": example})
    done = here("xiangji", "check", cwd=root)
    assert done.returncode == 0, done.stdout


def test_a_kind_is_found_by_any_of_its_names() -> None:
    for kind in KINDS:
        for name in (kind.name, kind.one, kind.heading, *record_name(kind.record)):
            found = kind_called(name)
            assert found is not None and name in (
                found.name,
                found.one,
                found.heading,
                *record_name(found.record),
            )


def test_a_slip_is_told_with_what_was_meant(tmp_path: Path) -> None:
    done = here("xiangji", "kinds", "projetcs", cwd=tmp_path)
    assert done.returncode == 2 and "projects" in done.stderr
    assert "village/events" in here("xiangji", "kinds", "活动", cwd=tmp_path).stdout
