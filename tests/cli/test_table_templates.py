"""`xiangji table`: a template of each kind, filled in as a clerk does with a spreadsheet, and read back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from built import write
from spoken import spoken
from xiangji.cli.content.import_kind import kind_to_import
from xiangji.editing.record_files import can_be_added
from xiangji.editing.template import FIRST, template_csv, template_workbook
from xiangji.editing.template_columns import template_columns
from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import example_of, keys_of
from xiangji.model.kind import RecordKind
from xiangji.problems import Report
from xiangji.readers.kind_files import table_of
from xiangji.readers.tables.batch_table import read_table
from xiangji.readers.tables.private_columns import Withholding
from xiangji.readers.tables.registers import OutsideTable
from xiangji.readers.village import gather
from xiangji.records.batch import Batch

KINDS = [kind for kind in installed_kinds().kinds if can_be_added(kind) or kind.record is Batch]
THERE = {
    "products": {"laziji": "辣子鸡", "larou": "老腊肉"},
    "people": {"mei": "阿梅"},
    "producers": {"she": "合作社"},
    "places": {"cun": "立碑村"},
}
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n生产者:\n  - {编号: she, 名称: 合作社, 类型: 合作社}\n",
    "products/laziji/product.yml": "名称: 辣子鸡\n类型: 加工食品\n",
    "stories/people.yml": "人物:\n  - {编号: mei, 姓名: 阿梅}\n",
}


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return write(tmp_path / "村", VILLAGE)


def command(root: Path, *words: str, status: int = 0) -> str:
    done = spoken(*words, cwd=root, lang="zh")
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    return told


def opened(raw: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]


def values(kind: RecordKind) -> dict[str, str]:
    """A value for each required column and for each with an example."""
    found = {}
    for each in template_columns(kind, THERE):
        row = keys_of(kind.record).get(each.heading)
        if each.example or (row and row.required):
            found[each.heading] = each.example or (each.words or (example_of(row.kind),))[0]  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_what_is_filled_in_comes_back(kind: RecordKind, tmp_path: Path) -> None:
    """openpyxl stands for the spreadsheet: it reads the template, fills in a row and writes the file anew."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(kind, THERE)))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    filled = values(kind)
    for heading, value in filled.items():
        sheet.cell(FIRST, headings.index(heading) + 1, value)
    file = tmp_path / "t.xlsx"
    book.save(file)
    report = Report()
    if kind.record is Batch:
        table = read_table(file, "t.xlsx", report)
        [row] = table.rows
        assert row.product and row.product.text == filled["产品"]
        assert [(each.line, each.why) for each in table.skipped] == [
            (1, "title"),
            (3, "guide"),
            (4, "guide"),
        ]
        written = {column.title.text: value.text for column, value in row.cells}
    else:
        outside = OutsideTable(kind.title, lambda title: "bu-yong", Withholding())
        found = table_of(kind, file, "t.xlsx", file.read_bytes(), report, outside)
        [read] = found.read
        given = {} if "编号" in keys_of(kind.record) else {"编号": read.record.id}
        written = given | {key.text: value.text for key, value in read.node.entries}  # type: ignore[union-attr]
    assert written == filled
    assert report.problems == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_every_choice_and_reference_has_a_list(kind: RecordKind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(kind, THERE)))
    sheet = book.worksheets[0]
    lists = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    for number, column in enumerate(template_columns(kind, THERE), start=2):
        letter = openpyxl.utils.get_column_letter(number)
        place = f"{letter}{FIRST}:{letter}1000"
        if not column.words:
            assert place not in lists
            continue
        source = lists[place].formula1.replace("'", "").replace("$", "").split("!")
        cells = book[source[0]][source[1]]
        words = [cell.value for row in cells for cell in row]
        assert words == list(column.words)
        assert lists[place].showErrorMessage == column.closed


def test_a_kind_of_another_distribution_has_a_template_too() -> None:
    """Templates are made of fields, so a new field needs nothing else."""
    project = kind_to_import("zh", "projects")
    headings = [each.heading for each in template_columns(project, {})]
    assert headings[:3] == ["编号", "标题", "进展"]
    assert not {"断言", "放行", "谁在里面"} & set(headings)


def test_a_template_in_the_village_is_no_record(village: Path) -> None:
    """Whoever puts the template where a table is read has no record of it, and no problem."""
    event = kind_to_import("zh", "events")
    for name, raw in (
        ("village/events.xlsx", template_workbook(event, THERE)),
        ("village/projects.csv", template_csv(kind_to_import("zh", "projects"), THERE)),
        ("products/batches.xlsx", template_workbook(kind_to_import("zh", "batches"), THERE)),
    ):
        (village / name).parent.mkdir(exist_ok=True)
        (village / name).write_bytes(raw)
    gathered = gather(village)
    assert (gathered.problems, gathered.shelves, list(gathered.batches)) == ((), {}, [])


def test_from_the_empty_table_to_the_village(village: Path) -> None:
    told = command(village, "table", "产品")
    assert "写好了：产品表.xlsx。填好以后：xiangji import 产品表.xlsx --kind products" in told
    book = openpyxl.load_workbook(village / "产品表.xlsx")
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    row = {"名称": "土布", "类型": "手工艺", "生产者": "she", "净含量": "1 匹", "产地": None}
    for heading, value in row.items():
        sheet.cell(5, headings.index(heading) + 1, value)
    book.save(village / "产品表.xlsx")
    told = command(village, "import", "产品表.xlsx", "--kind", "products", "--write")
    assert "  第 4 行是模板里的填法和示例，不读" in told.splitlines()
    assert (village / "products/tu-bu/product.yml").read_text("utf-8") == (
        "名称: 土布\n类型: 手工艺\n生产者: she\n净含量: 1 匹\n"
    )
    assert not list(village.glob("products/shi-li*"))


def test_the_public_number_of_our_template_is_asked_for_by_name(village: Path) -> None:
    command(village, "table", "producers", "--csv")
    file = village / "生产者表.csv"
    headings = file.read_text("utf-8-sig").splitlines()[1].split(",")
    row = {"编号": "jia", "名称": "甲户", "类型": "农户", "电话": "0851-22222222"}
    line = ",".join(row.get(each, "") for each in headings)
    file.write_text(file.read_text("utf-8-sig") + line + "\r\n", "utf-8-sig")
    command(village, "import", "生产者表.csv", "--kind", "producers", "--write")
    assert "0851-22222222" in (village / "products/brand.yml").read_text("utf-8")


def test_nothing_is_written_over(village: Path) -> None:
    (village / "产品表.xlsx").write_text("我的", "utf-8")
    assert "已经有了" in command(village, "table", "products", status=1)
    assert (village / "产品表.xlsx").read_text("utf-8") == "我的"
    assert "写好了：新.csv" in command(village, "table", "products", "--out", "新.csv")
    assert "没有“石头”这一种" in command(village, "table", "石头", status=2)
    assert "它写在 stories/*/story.md 里" in command(village, "table", "stories", status=2)


def test_the_same_bytes_every_time() -> None:
    kind = kind_to_import("zh", "products")
    assert template_workbook(kind, THERE) == template_workbook(kind, THERE)


def test_without_its_marks_the_example_is_a_marked_sample(tmp_path: Path) -> None:
    """A clerk who deletes the first column gets a record that says 示例, never one that passes for a real one."""
    for kind in KINDS:
        sample = keys_of(kind.record).get("示例")
        headings = {each.heading: each.example for each in template_columns(kind, THERE)}
        assert sample is None or headings["示例"] == "是", kind.name
