"""What a batch sheet tells of where a lot came from, what was put on the field, where it went."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from built import write
from xiangji.build import Site, build
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n",
    "products/lajiao/product.yml": "名称: 辣椒\n类型: 农产品\n品种: 线椒\n",
    "products/lajiao/batches/L1.yml": """\
批号: L1
采收日期: 2026-03-01
状态: 召回
原因: 水淹过
怎么办: 不要吃
投入品:
  - {名称: 苗药, 用法: 喷叶, 用量: 兑水, 来源: 农资店, 使用日期: 2026-01-01, 停用日期: 2026-01-05, 安全间隔期: 7}
  - {名称: 牛粪}
""",
    "products/lajiao/batches.csv": "批号,采收日期\nL2,2026-03-01\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 加工食品\n",
    "products/jiang/batches.csv": "批号,生产日期,用料批次\nJ1,2026-03-05,lajiao/L1\nJ2,2026-03-06,J1\n",
    "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n",
    "products/zhulan/batches.csv": "批号\n007\n",
}


def made(root: Path, files: dict[str, str]) -> Site:
    return build(Settings(write(root, files), date(2026, 5, 1), site_url="https://example.cn/"))


def sheets(root: Path) -> dict[str, str]:
    site = made(root, FILES)
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return {
        each.address: re.sub(r"<style>.*?</style>|<[^>]+>", " ", each.content.decode(), flags=re.S)
        for each in site.artifacts
        if each.listed
    }


def section(sheet: str, title: str) -> str:
    """From a heading to the next one; nothing when there is no such heading."""
    rest = sheet.partition(title)[2]
    for other in ("谁检过", "用了什么，去了哪里", "标签上的内容"):
        rest = rest.partition(other)[0]
    return " ".join(rest.split())


def test_what_was_put_on_the_field_is_told_with_its_days(tmp_path: Path) -> None:
    pages = sheets(tmp_path)
    told = section(pages["t/lajiao/L1/"], "用过什么药肥")
    assert "2026 年 1 月 1 日 至 2026 年 1 月 5 日" in told
    assert "喷叶 · 兑水 · 来自 农资店 · 安全间隔期 7 天" in told
    assert "牛粪 日期未记录" in told
    assert section(pages["t/lajiao/L2/"], "用过什么药肥") == "未记录"
    assert "用过什么药肥" not in pages["t/zhulan/007/"]
    assert "线椒" in pages["t/lajiao/L2/"]


def test_a_sheet_leads_to_everything_the_lot_went_into(tmp_path: Path) -> None:
    pages = sheets(tmp_path)
    onward = pages["t/lajiao/L1/"].partition("用在")[2]
    assert 0 <= onward.index("辣酱 J1") < onward.index("辣酱 J2")
    assert "用料批次 L1 已召回：水淹过" in pages["t/jiang/J2/"]
    assert "已召回" not in pages["t/lajiao/L2/"]


def test_a_card_that_is_not_public_leaves_no_trace_in_the_text(tmp_path: Path) -> None:
    card = "卡片:\n  - {编号: %s, 主题: 家庭记忆, 证据: 口述, 原话: 这句话只在村里讲%s}\n"
    files = {
        "products/brand.yml": "名称: 立碑村\n",
        "stories/a/workshop.yml": "题目: 茶话\n类型: 茶话会\n日期: 2026-01-01\n"
        + card % ("ka", ", 公开范围: 不公开"),
        "stories/b/workshop.yml": "题目: 家里\n类型: 茶话会\n日期: 2026-01-01\n公开范围: 不公开\n"
        + card % ("kb", ""),
        "stories/a/story.md": "---\n题目: 甲\n工作坊: a\n卡片: ka\n---\n前\n\n[卡片 ka]\n\n后\n",
        "stories/b/story.md": "---\n题目: 乙\n工作坊: b\n卡片: kb\n---\n前\n\n[卡片 kb]\n\n后\n",
        "stories/c/story.md": "---\n题目: 不给人看的\n公开范围: 不公开\n---\n藏着\n",
    }
    site = made(tmp_path, files)
    assert [each.message("zh") for each in site.problems] == []
    addresses = {each.address for each in site.pages}
    assert "workshops/a/" in addresses and "workshops/b/" not in addresses
    assert "stories/b/" in addresses and "stories/c/" not in addresses
    documents = "".join(each.document for each in site.pages)
    files_too = b"".join(each.content for each in (*site.artifacts, *site.own)).decode(
        "utf-8", "replace"
    )
    for secret in ("只在村里讲", "家里", "不给人看", "藏着"):
        assert secret not in documents + files_too
