"""The forms in which a village keeps the records of a kind, and what goes wrong with them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from built import write
from xiangji.kinds.together.event import Event
from xiangji.kinds.together.project import Project
from xiangji.library.references import assemble
from xiangji.readers.gathered import Gathered
from xiangji.readers.village import gather

BRAND = {"products/brand.yml": "名称: 立碑村\n"}
ONE = "标题: 尝鲜会\n时间: 2026-06-01 10:00\n"


def read(root: Path, files: dict[str, str]) -> Gathered:
    return gather(write(root, BRAND | files))


def ids(found: Gathered, name: str = "events") -> list[str]:
    return [record.id for record in found.shelves.get(name, ())]


def rules(found: Gathered) -> list[str]:
    return [each.rule for each in found.problems]


ROW = "{编号: chang-xian, 标题: 尝鲜会, 时间: 2026-06-01 10:00}"


@pytest.mark.parametrize(
    "files",
    [
        {"village/events.yml": f"- {ROW}\n"},
        {"village/events.yaml": f"- {ROW}\n"},
        {"village/events.yml": f"活动:\n  - {ROW}\n"},
        {"village/events.yml": f"Events:\n  - {ROW}\n"},
        {"village/events.csv": "编号,标题,时间\nchang-xian,尝鲜会,2026-06-01 10:00\n"},
        {"village/events/chang-xian.yml": ONE},
        {"village/events/chang-xian.yaml": ONE},
        {"village/events/chang-xian/event.yml": ONE},
        {"village/events/别的名字.yml": f"编号: chang-xian\n{ONE}"},
    ],
    ids=["list", "yaml", "key", "English key", "table", "file", "file yaml", "folder", "own id"],
)
def test_each_form_is_read(tmp_path: Path, files: dict[str, str]) -> None:
    found = read(tmp_path, files)
    assert ids(found) == ["chang-xian"] and not found.problems
    event = found.shelves["events"][0]
    assert isinstance(event, Event)
    assert str(event.at) == "2026 年 6 月 1 日 10:00"
    assert event.origin.location.path == next(iter(files))


def test_a_workbook_is_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目登记"])
    sheet.append(["编号", "标题", "进展", "需求"])
    sheet.append(["shou-yi", "手艺班", "筹备", "人才培育、产品销售"])
    out = BytesIO()
    book.save(out)
    write(tmp_path, BRAND)
    (tmp_path / "village").mkdir()
    (tmp_path / "village/projects.xlsx").write_bytes(out.getvalue())
    found = gather(tmp_path)
    (project,) = found.shelves["projects"]
    assert isinstance(project, Project)
    assert [str(each) for each in project.needs] == ["人才培育", "产品销售"]
    assert not found.problems


def test_forms_add_up_and_an_id_stands_once(tmp_path: Path) -> None:
    files = {
        "village/events.yml": f"- {ROW}\n",
        "village/events.csv": "编号,标题,时间\nbiao,表里的,2026-06-02\n",
        "village/events/dan.yml": ONE,
        "village/events/jia/event.yml": ONE,
        "village/events/chang-xian.yml": ONE,
    }
    found = read(tmp_path, files)
    assert sorted(ids(found)) == ["biao", "chang-xian", "chang-xian", "dan", "jia"]
    library, problems = assemble(found)
    assert library is not None and len(library[Event]) == 4
    assert [each.rule for each in problems] == ["duplicate-id"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"village/events.yml": "尝鲜会\n"}, ["shape-list"]),
        ({"village/events.yml": "标题: 尝鲜会\n时间: 2026-06-01\n"}, ["shape-list"]),
        ({"village/events.yml": "活动: 尝鲜会\n"}, ["shape-list"]),
        ({"village/events.yml": "- 尝鲜会\n"}, ["shape-record"]),
        ({"village/events.yml": "- {标题: 尝鲜会, 时间: 2026-06-01}\n"}, ["field-missing"]),
        ({"village/events.yml": "# 以后再写\n"}, []),
        ({"village/events.yml": ""}, []),
        ({"village/events.csv": "标题,时间\n尝鲜会,2026-06-01\n"}, ["register-no-column"]),
        ({"village/events.csv": "编号,标题,时间,天气\na,尝鲜会,2026-06-01,晴\n"}, ["table-header"]),
        ({"village/events/尝鲜.yml": ONE}, ["folder-name"]),
        ({"village/events/a.yml.txt": ONE}, ["file-name"]),
        ({"village/events/a/Event.yml": ONE}, ["file-name"]),
        ({"village/event.yml": ONE}, ["file-name"]),
        ({"village/festivals.yml": ONE}, ["file-unread"]),
        ({"village/events/a/照片.docx": ONE}, ["file-format"]),
        ({"village/events/a.yml": "时间: [\n"}, ["yaml-syntax"]),
    ],
)
def test_what_is_not_read_is_told(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    found = read(tmp_path, files)
    assert rules(found) == told
    assert all(each.location.path == next(iter(files)) for each in found.problems)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("village/people.yml", "- {编号: wang, 姓名: 王二}\n"),
        ("village/people/wang.yml", "姓名: 王二\n"),
        ("village/stories/yi.yml", "题目: 一只鸡\n"),
        ("village/products.csv", "编号,名称,类型\na,鸡,农产品\n"),
        ("village/producers.yml", "- {编号: a, 名称: 甲家, 类型: 农户}\n"),
    ],
)
def test_what_belongs_elsewhere_is_told_and_not_read(tmp_path: Path, path: str, text: str) -> None:
    found = read(tmp_path, {path: text})
    assert found.shelves == {} and {*rules(found)} <= {"file-name", "file-unread"}
    assert [each.location.path for each in found.problems] == [path]


def test_a_reference_to_what_could_not_be_read_is_no_mistake_of_its_own(tmp_path: Path) -> None:
    files = {
        "village/projects/shou-yi.yml": "标题: 手艺班\n进展: 不知道\n",
        "village/events.yml": f"- {ROW[:-1]}, 项目: shou-yi}}\n",
    }
    found = read(tmp_path, files)
    assert rules(found) == ["value-choice"]
    assert assemble(found)[1] == ()


def test_whoever_begins_with_a_project_has_a_village(tmp_path: Path) -> None:
    found = gather(write(tmp_path, {"village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n"}))
    assert found.brand is not None and rules(found) == ["brand-missing"]
