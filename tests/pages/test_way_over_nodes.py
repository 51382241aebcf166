"""A step at a place where a logistics node is names the node's tier, on the sheet and on paper, and only a public one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xiangji.build import build, open_press
from xiangji.pages.batches.sheets import step
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n地点:\n  - {编号: zhen, 名称: 镇上, 类型: 分包中心}\n  - {编号: jia, 名称: 家里, 类型: 作坊}\n",
    "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n",
    "products/zhulan/batches/A.yml": "批号: A\n状态: 正常\n经过:\n  - {环节: 包装, 地点: jia}\n  - {环节: 运输, 地点: zhen, 数量: 3 箱}\n",
    "village/nodes.yml": "- {编号: z, 名称: 镇上的点, 级别: 乡级, 能做什么: [分包], 地点: zhen}\n",
}


def notes(root: Path, nodes: str) -> list[list[str]]:
    for name, text in {**FILES, "village/nodes.yml": nodes}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    context, problems = open_press(Settings(root, date(2026, 5, 1)))
    assert context, problems
    batch = context.library.batches["zhulan/A"]
    return [step(context.library, each).notes for each in batch.events]


def test_the_tier_stands_beside_the_place(tmp_path: Path) -> None:
    assert notes(tmp_path, FILES["village/nodes.yml"]) == [["家里"], ["镇上 · 乡级物流点 · 3 箱"]]


def test_a_node_that_stays_at_home_is_not_named(tmp_path: Path) -> None:
    hidden = FILES["village/nodes.yml"].replace("地点: zhen", "地点: zhen, 公开范围: 不公开")
    assert notes(tmp_path, hidden) == [["家里"], ["镇上 · 3 箱"]]


def test_the_sheet_says_it(tmp_path: Path) -> None:
    notes(tmp_path, FILES["village/nodes.yml"])
    site = build(Settings(tmp_path, date(2026, 5, 1), site_url="https://libei.cn/"))
    made = {each.uri: each.content.decode() for each in site.artifacts if each.uri.endswith("html")}
    assert "镇上 · 乡级物流点" in made["t/zhulan/A/index.html"]
