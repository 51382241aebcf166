"""Service points as HSDS 3, read by a validator that is not ours, and held against the columns of the standard.

The tables are a Data Package, which `frictionless` validates: columns, types, required and unique values, vocabularies,
and references from table to table.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import build
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n地点:\n  - {编号: cun, 名称: 村口, 类型: 代收点}\n"
    "伙伴:\n  - {编号: she, 名称: 示例社工站, 角色: 社}\n",
    "village/points.yml": """\
- {编号: dian, 名称: 电商服务点, 类型: 电商中心, 时间: 每天上午, 电话: 0851-00000000, 地点: cun, 伙伴: [she]}
- {编号: she-gong, 名称: 社工站, 类型: 社工站, 伙伴: [she]}
- {编号: kuai-di, 名称: "代收，\\"老\\"点", 类型: 代收点, 时间: 赶场天}
""",
}
STANDARD = {
    "organization": (
        "organizations.csv",
        "id name alternate_name description email website year_incorporated legal_status logo uri parent_organization_id",
    ),
    "service": (
        "services.csv",
        "id organization_id program_id name alternate_name description url email status interpretation_services"
        " application_process fees_description accreditations eligibility_description minimum_age maximum_age"
        " assured_date assurer_email alert",
    ),
    "location": (
        "locations.csv",
        "id location_type url organization_id name alternate_name description transportation latitude longitude"
        " external_identifier external_identifier_type",
    ),
    "service_at_location": ("service_at_location.csv", "id service_id location_id description"),
    "phone": (
        "phones.csv",
        "id location_id service_id organization_id contact_id service_at_location_id number extension type description",
    ),
    "schedule": (
        "schedules.csv",
        "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq"
        " interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes",
    ),
}
"""The file and the columns of each table in HSDS 3.0, of those that a village fills."""

ADDRESSES = ("https://libei.example.cn/", "")


def package(root: Path, site_url: str) -> Path:
    """Write the package of a village and return the file that describes it."""
    site = build(Settings(write(root, FILES), date(2026, 5, 1), site_url=site_url))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    folder = root / "hsds"
    folder.mkdir()
    for each in site.artifacts:
        if each.uri.startswith("data/hsds/"):
            (folder / each.uri.rpartition("/")[2]).write_bytes(each.content)
    return folder / "datapackage.json"


@pytest.mark.parametrize("site_url", ADDRESSES)
def test_tables_files_and_columns_are_those_of_the_standard(tmp_path: Path, site_url: str) -> None:
    described = json.loads(package(tmp_path, site_url).read_text("utf-8"))
    assert [each["name"] for each in described["resources"]] == list(STANDARD)
    for each in described["resources"]:
        file, columns = STANDARD[each["name"]]
        assert each["path"] == file
        assert {field["name"] for field in each["schema"]["fields"]} <= set(columns.split())
    assert {each.name for each in (tmp_path / "hsds").iterdir()} == {
        "datapackage.json",
        *(file for file, _ in STANDARD.values()),
    }


def errors(file: Path) -> set[str]:
    """The kinds of mistakes that the validator finds in a package."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(file))
    found = {kind for (kind,) in report.flatten(["type"])}
    assert report.valid == (not found)
    return found


@pytest.mark.parametrize("site_url", ADDRESSES)
def test_an_outside_validator_finds_no_fault(tmp_path: Path, site_url: str) -> None:
    assert errors(package(tmp_path, site_url)) == set()


@pytest.mark.parametrize(
    ("table", "old", "new", "kind"),
    [
        ("services.csv", ",active", ",open", "constraint-error"),
        ("services.csv", "社工站", "", "constraint-error"),
        ("services.csv", "https://", "", "type-error"),
        ("locations.csv", ",physical", ",village", "constraint-error"),
        ("phones.csv", ",0851-00000000", ",", "constraint-error"),
        ("organizations.csv", "\n", "\nx", "type-error"),
        ("services.csv", "organization_id", "organisation", "incorrect-label"),
    ],
)
def test_the_validator_sees_what_is_wrong(
    tmp_path: Path, table: str, old: str, new: str, kind: str
) -> None:
    """Each damage is one that a mistake in our program could make."""
    file = package(tmp_path, ADDRESSES[0])
    damaged = file.parent / table
    text = damaged.read_text("utf-8")
    head, _, rows = text.partition("\n")
    wrong = text.replace(old, new) if old in head else f"{head}\n{rows.replace(old, new)}"
    if old == "\n":
        wrong = text.replace("\n", "\nx", 1)
    assert wrong != text
    damaged.write_text(wrong, "utf-8")
    assert kind in errors(file)


def test_the_validator_follows_references(tmp_path: Path) -> None:
    file = package(tmp_path, ADDRESSES[0])
    organizations = file.parent / "organizations.csv"
    head = organizations.read_text("utf-8").splitlines()[0]
    organizations.write_text(f"{head}\n", "utf-8")
    assert "foreign-key" in errors(file)
