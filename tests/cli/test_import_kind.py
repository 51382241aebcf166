"""`xiangji import --kind`: records of any further kind from a table, a file each, nothing written over."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from built import here, write
from signs import seen
from spoken import spoken
from xiangji.editing.batch_files import differing
from xiangji.editing.record_files import plan_files
from xiangji.editing.yaml_text import yaml_text
from xiangji.kinds.installed import kind_named
from xiangji.kinds.together.project import Project
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Scalar
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.registers import read_rows
from xiangji.readers.yaml.yaml_file import parse_yaml

TABLE = (
    "编号,名称,进展,开始,需求,负责人,简介\n"
    'shou-yi,手艺班,筹备,2026/3/2,人才培育、产品销售,mei,"头一段。\n第二段: 有 # 号。"\n'
    "lao-de,原来就有的,进行中,,,,\n"
    "jie-mei,姐妹班,做完了,46093,,,=1+1\n"
)
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 农产品\n",
    "stories/people.yml": "人物:\n  - {编号: mei, 姓名: 阿梅}\n",
    "village/projects.yml": "- {编号: lao-de, 标题: 老的, 进展: 进行中}\n",
    "项目.csv": TABLE,
}


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return write(tmp_path / "村", VILLAGE)


def content(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file() and ".cache" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def imported(root: Path, *words: str, status: int = 0, lang: str = "zh") -> str:
    done = spoken("import", *words, cwd=root, lang=lang)
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    assert "Traceback" not in told
    return told


def test_it_says_what_it_understood_and_writes_nothing(village: Path) -> None:
    before = content(village)
    told = imported(village, "项目.csv", "--kind", "projects")
    assert content(village) == before
    lines = told.splitlines()
    assert lines[:2] == ["读的是：项目.csv", "写到：village/projects/"]
    assert "  第 2 列 → 标题" in lines and "  第 5 列 → 需求" in lines
    assert "2   shou-yi  手艺班      5         ✓ 新的" in lines
    assert "4   lao-de   原来就有的  1         = 已经有了，不动（标题和这里写的不一样）" in lines
    assert "一共 3 行：2 行新的，1 行已经有了，0 行有错。" in lines
    assert lines[-1] == "2 条新的，还没有写。看过没有问题，再加 --write 运行一次。"


def test_each_new_record_gets_a_file_and_nothing_else_changes(village: Path) -> None:
    before = content(village)
    told = imported(village, "项目.csv", "--kind", "项目", "--write")
    after = content(village)
    assert {path: after[path] for path in before} == before
    assert sorted(after.keys() - before.keys()) == [
        "village/projects/jie-mei.yml",
        "village/projects/shou-yi.yml",
    ]
    assert after["village/projects/shou-yi.yml"].decode() == (
        "标题: 手艺班\n进展: 筹备\n开始: 2026-03-02\n需求:\n  - 人才培育\n  - 产品销售\n"
        "负责人: mei\n简介: |\n  头一段。\n  第二段: 有 # 号。\n"
    )
    assert after["village/projects/jie-mei.yml"].decode() == (
        '标题: 姐妹班\n进展: 做完了\n开始: 2026-03-12\n简介: "=1+1"\n'
    )
    assert "写好了，2 条新的：" in told
    assert "  village/projects/shou-yi.yml" in told
    assert here("xiangji", "check", cwd=village).returncode == 0
    again = imported(village, "项目.csv", "--kind", "project", "--write")
    assert content(village) == after and "没有新的，什么也没有写。" in again


def test_it_is_taken_back(village: Path) -> None:
    before = content(village)
    imported(village, "项目.csv", "--kind", "projects", "--write")
    told = imported(village, "--undo")
    assert "village/projects/shou-yi.yml：是那次新写的，删掉了" in told
    assert content(village) == before
    assert "单独用" in imported(village, "--undo", "--kind", "projects", status=2)


def test_a_workbook_is_a_table_too(village: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["今年的活动"],
        ["编号", "标题", "时间", "取消"],
        ["hui", "尝鲜会", "2026-06-01 10:00", "否"],
        ["chahui", "茶会", datetime(2026, 6, 2), None],
    ):
        sheet.append(row)
    book.save(village / "活动.xlsx")
    told = imported(village, "活动.xlsx", "--kind", "event", "--write")
    assert "一共 2 行：2 行新的，0 行已经有了，0 行有错。" in told
    assert (village / "village/events/hui.yml").read_text("utf-8") == (
        "标题: 尝鲜会\n时间: 2026-06-01 10:00\n取消: 否\n"
    )
    assert (village / "village/events/chahui.yml").read_text("utf-8").startswith("标题: 茶会\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_however_a_spreadsheet_writes_it(village: Path, encoding: str, separator: str) -> None:
    text = "编号,标题,时间\nhui,尝鲜会,2026-06-01\n".replace(",", separator)
    (village / "a.csv").write_bytes(text.encode(encoding))
    imported(village, "a.csv", "--kind", "活动", "--write")
    text = (village / "village/events/hui.yml").read_text("utf-8")
    assert text == "标题: 尝鲜会\n时间: 2026-06-01\n"


WRONG = {
    "value": ("编号,标题,进展\na,甲,筹备\nb,乙,不知道\n", "value-choice", "3:5"),
    "id": ("编号,标题,进展\na,甲,筹备\n阿乙,乙,筹备\n", "value-id", "3:1"),
    "missing": ("编号,标题,进展\na,甲,筹备\n,,筹备\n", "field-missing", "3:1"),
    "column": ("编号,标题,进展,天气\na,甲,筹备,晴\n", "table-header", "1:10"),
    "no title": ("编号,进展\njia,筹备\n", "register-no-column", "1:1"),
    "wide": ("编号,标题,进展\na,甲,筹备,多的\n", "table-row", "2:8"),
    "twice": ("编号,标题,进展\na,甲,筹备\na,乙,筹备\n", "duplicate-id", "3:1"),
    "reference": ("编号,标题,进展,负责人\na,甲,筹备,mai\n", "reference-missing", "2:8"),
    "check": (
        "编号,标题,进展,开始,结束\na,甲,筹备,2027-01-02,2027-01-01\n",
        "project-ends-early",
        "2:19",
    ),
}


@pytest.mark.parametrize(("table", "rule", "at"), WRONG.values(), ids=WRONG)
def test_with_one_error_nothing_is_written(village: Path, table: str, rule: str, at: str) -> None:
    (village / "a.csv").write_text(table, "utf-8")
    before = content(village)
    told = imported(village, "a.csv", "--kind", "projects", "--write", status=1)
    assert f"a.csv:{at}: 错误 [{rule}]" in told
    assert "有错误，什么也没有写" in told
    assert content(village) == before


def test_a_row_that_is_wrong_says_so(village: Path) -> None:
    (village / "a.csv").write_text(WRONG["value"][0], "utf-8")
    told = imported(village, "a.csv", "--kind", "projects", status=1)
    assert "一共 2 行：1 行新的，0 行已经有了，1 行有错。" in told
    (line,) = [each for each in told.splitlines() if each.startswith("3 ")]
    assert "✗ " in line and "不知道" in line


def test_a_warning_stands_beside_its_row_and_stops_nothing(village: Path) -> None:
    text = "编号,标题,进展,简介\na,甲,筹备,村里首家做辣椒的\n"
    (village / "a.csv").write_text(text, "utf-8")
    told = imported(village, "a.csv", "--kind", "projects", "--write")
    assert "a.csv:2:8: 提醒 [claim-unproved]" in told
    assert "✓ 新的；“首家”" in told


@pytest.mark.parametrize(
    "path",
    [
        "village/projects/shou-yi.yml",
        "village/projects/shou-yi.yaml",
        "village/projects/shou-yi/project.yml",
    ],
)
def test_a_file_of_that_name_is_never_written_over(village: Path, path: str) -> None:
    """Even one with another record in it."""
    write(village, {path: "编号: bie-de\n标题: 别的\n进展: 筹备\n"})
    before = content(village)
    told = imported(village, "项目.csv", "--kind", "projects", "--write", status=1)
    assert f"{path} 已经在那里，不盖掉。什么也没有写。" in told
    assert content(village) == before


def test_a_link_of_that_name_is_not_written_through(village: Path) -> None:
    (village / "village/projects").mkdir()
    (village / "village/projects/shou-yi.yml").symlink_to(village.parent / "theirs.yml")
    told = imported(village, "项目.csv", "--kind", "projects", "--write", status=1)
    assert "什么也没有写" in told
    assert not (village.parent / "theirs.yml").exists()
    assert not (village / "village/projects/jie-mei.yml").exists()


def test_a_file_that_was_not_read_stops_it_too(village: Path) -> None:
    """It may hold any of these records."""
    write(village, {"village/projects/shou-yi.yml": "标题: [\n"})
    before = content(village)
    told = imported(village, "项目.csv", "--kind", "projects", "--write", status=1)
    assert "village/projects/shou-yi.yml:" in told and "[yaml-syntax]" in told
    assert content(village) == before


def test_errors_elsewhere_in_the_village_do_not_matter(village: Path) -> None:
    more = {
        "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 飞机\n",
        "products/jiu/product.yml": "名称: 米酒\n类型: 加工食品\n生产者: [mei-you]\n",
    }
    told = imported(write(village, more), "项目.csv", "--kind", "projects", "--write")
    assert "products/" not in told


def test_a_table_that_the_village_reads_has_nothing_new(village: Path) -> None:
    write(village, {"village/events.csv": "编号,标题,时间\nhui,尝鲜会,2026-06-01\n"})
    told = imported(village, "village/events.csv", "--kind", "events", "--write")
    assert "1 行已经有了" in told and "没有新的，什么也没有写。" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["项目.csv", "--kind", "projekts"], "是不是想写“projects”？"),
        (
            ["项目.csv", "--kind", "石头"],
            "没有“石头”这一种。能导入的：associations（协会）、batches（批次）、",
        ),
        (["项目.csv", "--kind", "codes"], "它写在 products/codes.csv 里"),
        (["项目.csv", "--kind", "stories"], "它写在 stories/*/story.md 里"),
        (["项目.csv", "--kind", "projects", "--product", "lajiao"], "只写一个"),
        (["没有.csv", "--kind", "projects"], "没有这个文件"),
        (["mkdocs.yml", "--kind", "projects"], "只认 .csv"),
        (["--kind", "projects"], "还要写上表格的文件名"),
    ],
)
def test_wrong_use_of_a_kind(village: Path, words: list[str], said: str) -> None:
    assert said in imported(village, *words, status=2)


def test_in_english_too(village: Path) -> None:
    told = imported(village, "项目.csv", "--kind", "projects", lang="en")
    assert "3 row(s): 2 new, 1 there already, 0 with errors." in told
    assert "2 new record(s), not written yet." in told
    assert "column 2 → 标题" in told


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("一\n二", True),
        ("一\n\n  二: #三\n- 四", True),
        ("---\n...", True),
        ("\u3000\u3000一\n\u3000\u3000二", True),
        ("一\n二 \n三", False),
        ("  一\n二", False),
        ("一", False),
    ],
)
def test_a_longer_text_stands_as_it_is_where_it_can(text: str, block: bool) -> None:
    place, report = Location("t.yml"), Report()
    node = Mapping(((Scalar("简介", place), Scalar(text, place)),), place)
    made = yaml_text(Project, node)
    assert made.startswith("简介: |\n") == block
    again = parse_yaml(made, "t.yml", report)
    assert isinstance(again, Mapping) and not report.problems
    value = again.entries[0][1]
    assert isinstance(value, Scalar) and value.text.removesuffix("\n") == text


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\ufeff"])
def test_what_no_file_of_a_village_may_hold_is_told(village: Path, sign: str) -> None:
    (village / "a.csv").write_text(f'编号,标题,进展,简介\na,甲,筹备,"一{sign}二\n三"\n', "utf-8")
    before = content(village)
    told = imported(village, "a.csv", "--kind", "projects", "--write", status=1)
    assert "什么也没有写" in told
    assert content(village) == before


def test_a_file_that_would_say_something_else_is_not_planned() -> None:
    table = read_rows(Project, "编号,标题,进展\na,甲,筹备\n".encode(), "t.csv", Report())
    kind = kind_named("projects")
    (row,) = table.read
    assert kind is not None and row.record is not None
    assert plan_files(Path("/nowhere"), kind, [row]).obstacle == ""
    other = replace(row, record=replace(row.record, title="乙"))
    assert plan_files(Path("/nowhere"), kind, [other]).obstacle == "records-not-same"


# --- whatever the texts are ------------------------------------------------------------------

texts = st.text(
    st.sampled_from("甲乙,;\"'=+-@#:：[]{}|>&*!%` \n\t。0123456789、~") | seen("L", "N", "Z"),
    max_size=20,
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_any_text_of_a_table_survives_as_a_file(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    content = [["编号", "标题", "进展", "简介", "平常话"]]
    content += [
        [f"p-{n}", f"题{' '.join(a.split())}", "筹备", b, a] for n, (a, b) in enumerate(rows)
    ]
    csv.writer(out, lineterminator="\n").writerows(content)
    report = Report()
    table = read_rows(Project, out.getvalue().encode(), "t.csv", report)
    kind = kind_named("projects")
    assert kind is not None and report.problems == []
    planned = plan_files(Path("/nowhere"), kind, table.read)
    assert planned.obstacle == "" and len(planned.additions) == len(rows)
    for row, each in zip(table.read, planned.additions, strict=True):
        node = parse_yaml(each.content.decode(), "t.yml", report)
        again = read_record(Project, node, report, Location("t.yml"), id=each.file.stem)
        assert again is not None and differing(row.record, again) == []
    assert report.problems == []
