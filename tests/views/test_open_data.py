"""All tables of the demo are described in a Data Package, which a validator that is not ours reads, and in DCAT."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from built import Built, write
from xiangji.build import build
from xiangji.settings import Settings


@pytest.fixture
def package(demo: Built, tmp_path: Path) -> Path:
    """A copy of the demo's data, to be damaged."""
    folder = tmp_path / "data"
    shutil.copytree(demo.site / "data", folder)
    return folder / "datapackage.json"


def test_every_table_is_listed_with_licence_and_description(package: Path) -> None:
    described = json.loads(package.read_text("utf-8"))
    assert {each["path"] for each in described["resources"]} == {
        each.name for each in package.parent.glob("*.csv")
    }
    assert len(described["resources"]) > 10
    assert all(each["title"] and each["description"] for each in described["resources"])
    names = {each["name"] for each in described["resources"]}
    told = {each["name"]: each["description"] for each in described["resources"]}
    assert all(told[name] != name for name in names), "a table without a description"
    assert described["licenses"] == [
        {"title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]


def errors(file: Path) -> set[str]:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(file))
    found = {kind for (kind,) in report.flatten(["type"])}
    assert report.valid == (not found)
    return found


def test_an_outside_validator_finds_no_fault_and_sees_damage(package: Path) -> None:
    assert errors(package) == set()
    table = package.parent / "projects.csv"
    table.write_text(table.read_text("utf-8-sig").replace("编号", "号码", 1), "utf-8-sig")
    assert "incorrect-label" in errors(package)


def test_the_catalogue_names_each_table_once(package: Path) -> None:
    made = json.loads((package.parent / "dcat.jsonld").read_text("utf-8"))
    assert made["@type"] == "dcat:Catalog"
    links = [each["dcat:distribution"]["dcat:downloadURL"]["@id"] for each in made["dcat:dataset"]]
    assert {link.rpartition("/")[2] for link in links} == {
        each.name for each in package.parent.glob("*.csv")
    }
    assert len(links) == len(set(links))
    assert all(link.startswith("https://") for link in links)
    assert all(each["dct:license"] for each in made["dcat:dataset"])


def test_the_page_lists_each_table_with_its_rows(demo: Built, package: Path) -> None:
    page = (demo.site / "data/index.html").read_text("utf-8")
    for each in package.parent.glob("*.csv"):
        assert f'href="{each.name}"' in page
    assert "CC BY 4.0" in page


def test_without_a_licence_none_is_claimed(tmp_path: Path) -> None:
    files = {
        "products/brand.yml": "名称: 山上人家\n",
        "village/goals.yml": "- {编号: a, 目标: 十个人会上架, 进展: 在做, 回看: 2027-01-01}\n",
    }
    site = build(Settings(write(tmp_path, files), date(2026, 11, 22)))
    assert not site.fatal(), site.problems
    made = {each.uri: each.content for each in site.artifacts}
    assert "licenses" not in json.loads(made["data/datapackage.json"])
    assert b"license" not in made["data/dcat.jsonld"]
    (page,) = (each.document for each in site.pages if each.address == "data/")
    assert "要用，先问村里" in page


def test_values_of_indicators_are_a_table_of_their_own(demo: Built) -> None:
    told = (demo.site / "data/indicator-values.csv").read_text("utf-8-sig").splitlines()
    assert "gonghuo,给合作社供货的农户（示例）,经济,2026,26,户,,合作社会计,," in told
    (hidden,) = (each for each in told if each.startswith("gonghuo-laoren,"))
    assert "不写出来" in hidden and ",23," not in hidden
