"""原产地直供 stands on a sheet with what proves it, or with what is missing, and on a product if all its lots prove it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xiangji.build import build
from xiangji.settings import Settings

BRAND = """名称: 立碑村
地点:
  - {编号: xunfang, 名称: 熏房, 类型: 作坊, 行政区划: 贵州省 贵阳市 息烽县 永阳街道}
  - {编号: fenbao, 名称: 分包中心, 类型: 分包中心, 行政区划: 贵州省 贵阳市 息烽县 永阳街道}
"""
PRODUCT = "名称: 竹篮\n类型: 手工艺\n产地: xunfang\n"
LOT = "批号: {lot}\n状态: 正常\n经过:\n  - {{环节: 包装, 时间: 2026-03-01, 地点: {place}{more}}}\n"


def pages(root: Path, direct: bool, brand: str = BRAND, **lots: str) -> dict[str, str]:
    files = {
        "products/brand.yml": brand,
        "products/zhulan/product.yml": PRODUCT + ("原产地直供: 是\n" if direct else ""),
        **{f"products/zhulan/batches/{lot}.yml": text for lot, text in lots.items()},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    site = build(Settings(root, date(2026, 5, 1), site_url="https://libei.cn/"))
    assert not site.fatal(), site.problems
    made = {each.uri: each.content.decode() for each in site.artifacts if each.uri.endswith("html")}
    return made | {each.address: each.document for each in site.pages}


def lot(place: str, name: str = "A", more: str = "") -> str:
    return LOT.format(lot=name, place=place, more=more)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("xunfang", "产地和包装都在贵州省 贵阳市 息烽县 永阳街道 熏房，2026 年 3 月 1 日装"),
        (
            "fenbao",
            "产地熏房，包装分包中心，都在贵州省 贵阳市 息烽县 永阳街道，2026 年 3 月 1 日装",
        ),
    ],
)
def test_a_lot_says_by_what_it_is_proved(place: str, said: str, tmp_path: Path) -> None:
    made = pages(tmp_path, True, A=lot(place))
    for sheet in ("t/zhulan/A/index.html", "t/zhulan/A/e/index.html"):
        assert said in made[sheet]
    assert "原产地直供" in made["products/zhulan/"]


@pytest.mark.parametrize(
    ("path", "proved"),
    [
        ("贵州省  贵阳市 息烽县 永阳街道", True),
        ("贵州省 贵阳市 息烽县 永阳街道 立碑村", True),
        ("贵州省 贵阳市 息烽县", False),
        ("贵州省 贵阳市 息烽县 别的镇", False),
    ],
)
def test_the_township_decides(path: str, proved: bool, tmp_path: Path) -> None:
    brand = BRAND.replace(
        "分包中心, 行政区划: 贵州省 贵阳市 息烽县 永阳街道", f"分包中心, 行政区划: {path}"
    )
    made = pages(tmp_path, True, brand, A=lot("fenbao"))
    assert ("看不出来" not in made["t/zhulan/A/index.html"]) is proved


def test_a_lot_without_proof_says_what_is_missing(tmp_path: Path) -> None:
    made = pages(tmp_path, True, A=lot("xunfang"), B="批号: B\n状态: 正常\n")
    assert "这一批看不出来：没有写在哪里包装" in made["t/zhulan/B/index.html"]
    assert "原产地直供" not in made["products/zhulan/"]


def test_a_secret_step_proves_nothing(tmp_path: Path) -> None:
    made = pages(tmp_path, True, A=lot("xunfang", more=", 公开程度: 保密"))
    assert "这一批看不出来" in made["t/zhulan/A/index.html"]
    assert "3 月 1 日" not in made["t/zhulan/A/index.html"]


def test_who_does_not_say_so_has_no_such_row(tmp_path: Path) -> None:
    made = pages(tmp_path, False, A=lot("xunfang"))
    assert not [each for each, text in made.items() if "原产地直供" in text]
