"""One table for several products: each row goes to its product, and each row that cannot is told with its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from test_history import git, save

from built import write
from xiangji.library.references import assemble
from xiangji.model.fields import label
from xiangji.readers.gathered import Gathered
from xiangji.readers.village import gather
from xiangji.records.batch import Batch

BASE = {
    "mkdocs.yml": "site_name: 立碑村\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/larou/product.yml": "名称: 老腊肉\n类型: 加工食品\n",
    "products/laziji/product.yml": "名称: 辣子鸡\n类型: 加工食品\n",
}
LEDGER = "批号,产品,生产日期,数量\n0312,老腊肉,2026-03-12,20 袋\n0312,laziji,2026-03-13,20 罐\n"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", BASE)


def read(root: Path, files: dict[str, str]) -> Gathered:
    return gather(write(root, files))


def told(root: Path, files: dict[str, str]) -> list[str]:
    gathered = read(root, files)
    _, found = assemble(gathered)
    return [f"{each.location} {each.rule}" for each in (*gathered.problems, *found)]


def keys(gathered: Gathered) -> list[str]:
    return [each.key for each in gathered.batches]


def test_each_row_goes_to_its_product_by_name_or_id(village: Path) -> None:
    gathered = read(village, {"products/batches.csv": LEDGER})
    assert keys(gathered) == ["larou/0312", "laziji/0312"]
    assert [str(each.origin.of("lot")) for each in gathered.batches] == [
        "products/batches.csv:2:1",
        "products/batches.csv:3:1",
    ]
    assert gathered.problems == ()
    assert "products/batches.csv" in gathered.files


@pytest.mark.parametrize("title", ["产品", "产品名称", "品名", "product", "产　品", "Product"])
def test_the_column_has_several_names(village: Path, title: str) -> None:
    text = LEDGER.replace("产品", title)
    assert len(keys(read(village, {"products/batches.csv": text}))) == 2


def test_lots_of_a_product_are_compared_with_its_own(village: Path) -> None:
    """12 beside another product's 0012 has lost nothing; beside its own it has."""
    rows = "批号,产品\n0012,larou\n12,laziji\n"
    assert told(village, {"products/batches.csv": rows}) == []
    rows = "批号,产品\n0012,larou\n12,larou\n"
    assert told(village, {"products/batches.csv": rows}) == [
        "products/batches.csv:3:1 table-lost-zero"
    ]


def test_one_lot_in_the_ledger_and_in_the_folder_is_told(village: Path) -> None:
    files = {"products/batches.csv": LEDGER, "products/larou/batches.csv": "批号\n0312\n"}
    assert told(village, files) == ["products/batches.csv:2:1 duplicate-lot"]


def test_an_unread_row_makes_no_reference_wrong(village: Path) -> None:
    files = {
        "products/batches.csv": "批号,产品\nA1,老腊\n",
        "products/laziji/batches.csv": "批号,用料批次\nB1,larou/A1\n",
    }
    assert told(village, files) == ["products/batches.csv:2:4 ledger-unknown"]


def test_a_product_that_cannot_be_read_is_not_called_unknown(village: Path) -> None:
    files = {"products/larou/product.yml": "名称: 老腊肉\n", "products/batches.csv": LEDGER}
    assert [each.partition(" ")[2] for each in told(village, files)] == ["field-missing"]


def test_in_a_folder_the_column_only_confirms(village: Path) -> None:
    files = {"products/larou/batches.csv": "批号,产品\nA1,larou\nA2,老腊肉\nA3,辣子鸡\nA4,\n"}
    assert told(village, files) == ["products/larou/batches.csv:4:4 ledger-other"]
    assert keys(gather(village)) == ["larou/A1", "larou/A2", "larou/A4"]


def test_a_workbook_with_the_product_merged_over_its_rows(village: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2026 年批次总账"], ["产品", "批号", "生产日期"], ["老腊肉", "A1", "2026-03-12"]):
        sheet.append(row)
    sheet.append([None, "A2", "2026-03-13"])
    sheet.append(["辣子鸡", "A1", "2026-03-14"])
    sheet.append(["合计", None, None])
    sheet.merge_cells("A3:A4")
    book.save(village / "products" / "batches.xlsx")
    gathered = gather(village)
    assert keys(gathered) == ["larou/A1", "larou/A2", "laziji/A1"]
    assert {each.rule for each in gathered.problems} == {"cell-merged"}


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("批次.csv", "batches.csv"),
        ("Batches.CSV.txt", "batches.csv"),
        ("批次表.xlsx", "batches.xlsx"),
    ],
)
def test_a_ledger_under_another_name_is_told(village: Path, name: str, better: str) -> None:
    (village / "products" / name).write_text("x", "utf-8")
    [problem] = gather(village).problems
    assert (problem.rule, better in problem.remedy("zh")) == ("file-name", True), problem


def test_a_deleted_row_is_found_in_git_by_name_and_by_id(village: Path) -> None:
    write(village, {"products/batches.csv": LEDGER})
    git(village, "init", "-q")
    save(village, "2026-03-14T10:00:00+0800")
    codes = "地址,印次,数量,印刷日期,品名,状态,转到\nt/larou/0312/,第 1 印,9 张,2026-03-15,,在用,\n"
    files = {"products/batches.csv": LEDGER.splitlines(True)[0], "products/codes.csv": codes}
    saved = read(village, files).saved
    assert [(key, lot.name) for key, lot in saved.lots.items()] == [("larou/0312", "老腊肉")]


def test_the_history_of_a_digital_label_reads_the_ledger(village: Path) -> None:
    product = BASE["products/larou/product.yml"] + "数字标签: 是\n"
    write(village, {"products/batches.csv": LEDGER, "products/larou/product.yml": product})
    git(village, "init", "-q")
    save(village, "2026-03-14T10:00:00+0800")
    changed = LEDGER.replace("老腊肉", "larou").replace("20 袋", "21 袋")
    write(village, {"products/batches.csv": changed})
    save(village, "2026-03-15T10:00:00+0800")
    past = gather(village).histories["larou/0312"]
    said = [
        f"{c.step.value} {c.what} {c.before} {c.after}" for r in past.revisions for c in r.changes
    ]
    assert said == [f"changed {label(Batch, 'quantity')} 20 袋 21 袋", *said[1:]]
    assert [each.split(" ")[0] for each in said[1:]] == ["first", "first"]
    assert past.unsaved is False


def test_a_private_column_in_the_village_is_to_be_deleted(village: Path) -> None:
    """Here nobody leaves it out: the file itself is in the village."""
    write(village, {"products/batches.csv": "批号,产品,联系电话\nA1,larou,13800001111\n"})
    [problem] = [each for each in gather(village).problems if each.rule == "table-header"]
    assert "把这一列从表里删掉" in problem.remedy("zh")
