"""Crafts are made piece by piece: without a lot they have tags, cards and pages that lead to the product."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from built import here, write
from paper.desk import SMALL, text_of

BASKET = "名称: 竹编提篮\n类型: 手工艺\n材料: 三年生竹\n尺寸: 口径 30 厘米\n一句话: 篾青起得薄\n规格:\n  - {规格: 中号, 价格: 88}\n"
FILES = {
    **SMALL,
    "products/zhulan/product.yml": BASKET,
    "products/bei/product.yml": "名称: 背篼\n类型: 文创\n不上架: 是\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 加工食品\n示例: 是\n",
}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", FILES)


def made(root: Path, *words: str) -> dict[str, bytes]:
    """The files that a command makes."""
    done = here("xiangji", *words, "--out", str(root / "out"), cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return {each.name: each.read_bytes() for each in (root / "out").glob("*.pdf")}


@pytest.mark.parametrize("template", ["tag", "code", "fresh", "jar", "bag", "box"])
def test_every_template_of_a_label_has_a_form_without_a_lot(village: Path, template: str) -> None:
    files = made(village, "labels", "zhulan", "-t", template, "--stock", "shop")
    text = text_of(files[f"zhulan_{template}.pdf"])
    assert "扫码看这个产品" in text and "竹编提篮" in text
    assert "批号" not in text and "未记录" not in text.replace("生产者未记录", "")


def test_a_tag_is_what_a_craft_gets_and_all_takes_it_along(village: Path) -> None:
    assert list(made(village, "labels", "--all")) == ["zhulan_tag.pdf"]


def test_a_run_is_registered_and_the_village_still_checks(village: Path) -> None:
    made(village, "labels", "zhulan", "--copies", "5", "--register")
    made(village, "labels", "zhulan", "--copies", "2", "--register", "--stock", "roll")
    rows = list(
        csv.DictReader((village / "products/codes.csv").read_text("utf-8-sig").splitlines())
    )
    assert [(row["地址"], row["印次"], row["数量"]) for row in rows] == [
        ("products/zhulan/", "第 1 印", "5 张"),
        ("products/zhulan/", "第 2 印", "2 张"),
    ]
    assert here("xiangji", "check", "--strict", cwd=village).returncode == 0


@pytest.mark.parametrize("kind", ["stall", "shelf", "feedback"])
def test_every_card(village: Path, kind: str) -> None:
    text = text_of(made(village, "cards", "zhulan", "-k", kind)[f"zhulan_{kind}.pdf"])
    assert "竹编提篮" in text and "批号" not in text
    assert ("88" in text) == (kind != "feedback")
    assert "大字版" not in text


def test_food_without_a_lot_is_refused(village: Path) -> None:
    done = here("xiangji", "labels", "jiang", cwd=village)
    assert done.returncode == 1 and "label-no-lot" in done.stderr
    done = here("xiangji", "cards", "jiang", "-k", "shelf", cwd=village)
    assert "card-no-lot" in done.stderr
    assert not list(village.rglob("*.pdf"))


def test_its_page_misses_no_lots(village: Path) -> None:
    assert here("xiangji", "build", "--host", "none", cwd=village).returncode == 0
    page = (village / "site/products/zhulan/index.html").read_text("utf-8")
    food = (village / "site/products/jiang/index.html").read_text("utf-8")
    assert "最近的批次" not in page and "口径 30 厘米" in page
    assert "还没有登记批次" in food


def test_with_a_lot_it_is_asked_for(village: Path) -> None:
    write(village, {"products/zhulan/batches.csv": "批号,生产日期\n007,2026-10-01\n"})
    done = here("xiangji", "labels", "zhulan", cwd=village)
    assert done.returncode == 2
