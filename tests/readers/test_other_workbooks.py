"""The ledger in `workbooks/` as .xls and as .ods: files of other programs, with words, numbers, days and merged cells.

`ledger.xls` was written by xlwt 1.3 and `ledger.ods` by odfpy 1.4, neither of which the program needs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xiangji.problems import Report
from xiangji.readers.tables.batch_table import read_table
from xiangji.readers.village import gather

BOOKS = Path(__file__).parent / "workbooks"
ROWS = [
    {"批号": "0312", "产品": "老腊肉", "生产日期": "2026-03-12", "数量": "20 袋", "状态": "正常", "备注": "香，<b>&"},
    {"批号": "0313", "产品": "老腊肉", "生产日期": "2026-03-13", "数量": "22.5 袋", "状态": "正常"},
    {"批号": "2026-03C", "产品": "辣子鸡", "生产日期": "2026-03-14", "数量": "1200 袋", "状态": "待检", "备注": "第一行\n第二行"},
]  # fmt: skip
TOLD = ["workbook-shallow", "sheet-hidden", "cell-merged"]


@pytest.mark.parametrize("name", ["ledger.xls", "ledger.ods"])
def test_what_the_clerk_sees_is_read(name: str) -> None:
    report = Report()
    table = read_table(BOOKS / name, name, report)
    assert [{c.title.text: value.text for c, value in row.cells} for row in table.rows] == ROWS
    assert [(each.line, each.why) for each in table.skipped] == [(1, "title"), (6, "sum")]
    assert [each.rule for each in report.problems] == TOLD


@pytest.mark.parametrize("name", ["ledger.xls", "ledger.ods"])
def test_it_is_the_ledger_of_a_village(name: str, tmp_path: Path) -> None:
    for product, called in (("larou", "老腊肉"), ("laziji", "辣子鸡")):
        (tmp_path / "products" / product).mkdir(parents=True)
        text = f"名称: {called}\n类型: 加工食品\n"
        (tmp_path / "products" / product / "product.yml").write_text(text, "utf-8")
    shutil.copy(BOOKS / name, tmp_path / "products" / f"batches{Path(name).suffix}")
    gathered = gather(tmp_path)
    keys = [each.key for each in gathered.batches]
    assert keys == ["larou/0312", "larou/0313", "laziji/2026-03C"]
