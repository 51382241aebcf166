"""Cards for stall and shelf, and the one to write on: what they say, where their codes lead."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from built import copy_demo, here, run
from paper.desk import (
    SMALL,
    Desk,
    demo_desk,
    flat,
    measured,
    page_count,
    small_desk,
    survives,
    text_of,
)
from paper.test_sheets import HOSTILE
from xiangji.paper.cards import (
    KINDS,
    DisplayCard,
    cells,
    newest_sold,
    prepare,
    set_cards,
    set_fitting,
)
from xiangji.paper.sheets import PrintedDocument
from xiangji.problems import Problem

SITE = "https://yanglang.example.cn"


def made(
    desk: Desk, kind: str, key: str, on_a4: bool = True, copies: int = 1
) -> tuple[DisplayCard, PrintedDocument, bytes, list[Problem]]:
    batch = desk.context.library.batches[key]
    product = desk.context.library.products[batch.product]
    card, found = prepare(desk.context, KINDS[kind], product, batch, desk.fonts, copies)
    assert card is not None, [each.message("en") for each in found]
    printed, told = set_cards(desk.context, [card], desk.fonts, desk.cache, on_a4=on_a4)
    return card, printed, printed.document.pdf(), [*found, *told]


@pytest.mark.parametrize(
    ("kind", "address", "words"),
    [
        (
            "stall",
            "/t/laziji/2026-09A/",
            "阳朗辣子鸡|500 克罐装|58元|250 克袋装|32元|立碑村合作社|扫码看这一批|示例|查得到三种说法",
        ),
        (
            "shelf",
            "/t/laziji/2026-09A/e/",
            "阳朗辣子鸡|58元|大字版|2026 年 9 月 16 日|2026-09A|示例",
        ),
        (
            "feedback",
            "/t/laziji/2026-09A/",
            "阳朗辣子鸡 500 克罐装|批号 2026-09A|您说，我们改|0851-00000000|示例|不留也行",
        ),
    ],
)
def test_what_a_card_says_and_where_it_leads(
    demo: Desk, kind: str, address: str, words: str
) -> None:
    card, printed, pdf, told = made(demo, kind, "laziji/2026-09A")
    said = text_of(pdf)
    assert [each for each in words.split("|") if flat(each) not in said] == []
    assert printed.addresses == (SITE + address,)
    assert flat(card.text["short"]) in said
    assert told == []
    measured(printed, pdf, card.code)


@pytest.mark.parametrize("dots", [203, 300])
@pytest.mark.parametrize("kind", list(KINDS))
def test_codes_survive(demo: Desk, kind: str, dots: int) -> None:
    card, printed, pdf, _ = made(demo, kind, "zheergen/Z-1119", on_a4=False)
    survives(pdf, list(printed.addresses), card.code.module, dots)


@pytest.mark.parametrize(("kind", "count"), [("stall", 2), ("shelf", 8), ("feedback", 4)])
def test_a_sheet_of_a4_is_full(demo: Desk, kind: str, count: int) -> None:
    card, printed, pdf, _ = made(demo, kind, "laziji/2026-09A", copies=count + 1)
    assert page_count(pdf) == 2
    assert text_of(pdf, 0).count(flat(card.text["short"])) == count
    measured(printed, pdf, card.code)
    survives(pdf, [card.address] * count, card.code.module, 300)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_cards_stay_on_their_sheet(kind: object) -> None:
    from xiangji.paper.cards import CardKind

    assert isinstance(kind, CardKind)
    grid = cells(kind.width, kind.height)
    assert grid.left >= 0 and grid.top >= 0
    assert grid.left + grid.columns * kind.width <= 210
    assert grid.top + grid.rows * kind.height <= 297


def test_a_print_shop_gets_bleed_and_a_trim_box(demo: Desk) -> None:
    _, _, pdf, _ = made(demo, "stall", "laziji/2026-09A", on_a4=False)
    with pypdfium2.PdfDocument(pdf) as document:
        left, bottom, right, top = document[0].get_trimbox()
        whole = document[0].get_mediabox()
    assert right - left == pytest.approx(210 / 25.4 * 72, abs=0.1)
    assert top - bottom == pytest.approx(148 / 25.4 * 72, abs=0.1)
    assert whole[2] - whole[0] == pytest.approx(216 / 25.4 * 72, abs=0.1)


def test_same_input_same_bytes(demo: Desk, tmp_path: Path) -> None:
    other = demo_desk(tmp_path)
    assert made(demo, "stall", "zhulan/012")[2] == made(other, "stall", "zhulan/012")[2]


def test_a_stopped_lot_gets_only_the_card_to_write_on(demo: Desk) -> None:
    for key in ("laziji/2026-05A", "laziji/2026-04B", "laziji/2025-10A", "laziji/2026-11A"):
        batch = demo.context.library.batches[key]
        product = demo.context.library.products[batch.product]
        for kind in KINDS.values():
            card, found = prepare(demo.context, kind, product, batch, demo.fonts)
            assert (card is not None) == (kind.key == "feedback")
            assert [each.rule for each in found] == ([] if card else ["card-stopped"])


def test_which_lot_is_on_sale(demo: Desk) -> None:
    products = demo.context.library.products
    newest = {key: newest_sold(demo.context, each) for key, each in products.items()}
    lots = {key: each.lot for key, each in newest.items() if each}
    assert lots["laziji"] == "2026-09A"  # 2026-11A waits for its inspection
    assert lots["zheergen"] == "Z-1119"


def test_without_a_lot_a_stall_card_leads_to_the_product(tmp_path: Path) -> None:
    desk = small_desk(
        tmp_path,
        {
            # No batch sheets: such a card needs none.
            "mkdocs.yml": f"{SMALL['mkdocs.yml']}plugins:\n  - xiangji:\n      trace: false\n",
            "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n规格:\n  - 规格: 大号\n",
        },
    )
    product = desk.context.library.products["zhulan"]
    card, found = prepare(desk.context, KINDS["stall"], product, None, desk.fonts)
    assert card is not None and found == []
    printed, told = set_cards(desk.context, [card], desk.fonts, desk.cache)
    said = text_of(printed.document.pdf())
    assert printed.addresses == ("https://cun.example.cn/products/zhulan/",)
    assert "扫码看这个产品" in said
    # A price that nobody recorded is a line to write it on.
    assert "大号元" in said
    assert told == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_markup_stays_text_and_long_names_whole(tmp_path: Path, kind: str) -> None:
    quoted = HOSTILE.replace("'", "''")
    files = {
        "products/ganzhe/product.yml": f"名称: '{quoted}'\n类型: 农产品\n一句话: '{quoted}'\n",
        "products/ganzhe/batches/G-1.yml": "批号: G-1\n状态: 正常\n",
    }
    card, printed, pdf, told = made(small_desk(tmp_path, files), kind, "ganzhe/G-1")
    assert flat(HOSTILE) in text_of(pdf)
    assert told == []
    measured(printed, pdf, card.code)


TALL = """名称: {name}
类型: 加工食品
生产者: [coop]
规格:
  - {{规格: 500 克玻璃罐装, 净含量: 500 克, 价格: 58}}
  - {{规格: 250 克袋装, 净含量: 250 克, 价格: 32}}
"""
LONG = "山背后老屋基三道拐坡顶上手工头茬现砍现削青皮小甘蔗带叶整捆扎好连夜下山" * 3


def shelves(tmp_path: Path, *names: str) -> Desk:
    """A village with a product and a lot for each name."""
    coop = "名称: 立碑村\n电话: 0851-00000000\n生产者:\n  - {编号: coop, 名称: 息烽县立碑村种植养殖农民专业合作社, 类型: 合作社}\n"
    files = {"products/brand.yml": coop}
    for at, name in enumerate(names):
        files[f"products/p{at}/product.yml"] = TALL.format(name=name)
        files[f"products/p{at}/batches.csv"] = "批号,生产日期,状态\n2026-01A,2026-01-12,正常\n"
    return small_desk(tmp_path, files)


@pytest.mark.parametrize(
    "name", ["辣子鸡", "阳朗辣子鸡", "石臼糍粑辣椒", "息烽阳朗辣子鸡", "息烽阳朗土灶辣子鸡块"]
)
def test_a_usual_name_fits_on_a_shelf_card_with_all_that_belongs_there(
    tmp_path: Path, name: str
) -> None:
    _, _, pdf, told = made(shelves(tmp_path, name), "shelf", "p0/2026-01A")
    assert told == []
    for each in (name, "58元", "32元", "农民专业合作社", "2026-01A"):
        assert flat(each) in text_of(pdf)


def test_one_card_that_does_not_fit_keeps_no_other_from_being_printed(tmp_path: Path) -> None:
    desk = shelves(tmp_path, "石臼糍粑辣椒", LONG, "辣子鸡")
    batches = [desk.context.library.batches[f"p{at}/2026-01A"] for at in range(3)]
    ready = [
        prepare(
            desk.context, KINDS["shelf"], desk.context.library.products[b.product], b, desk.fonts
        )[0]
        for b in batches
    ]
    printed, told, left = set_fitting(
        desk.context, [each for each in ready if each], desk.fonts, desk.cache
    )
    assert told == [] and [each.rule for each in left] == ["card-overflow"]
    assert dict(left[0].details)["cause"] == "名称"
    assert len(printed.addresses) == 2
    assert LONG[:8] not in text_of(printed.document.pdf())


def test_the_command(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village")
    done = run("xiangji", "cards", "--kind", "shelf", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "print" / "cards" / "cards_shelf.pdf").is_file()
    done = here("xiangji", "cards", "2026-05A", "-k", "feedback", "--black", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    made_file = root / "print" / "cards" / "laziji_2026-05A_feedback.pdf"
    assert text_of(made_file.read_bytes()).count("您说，我们改") == 4
    refused = here("xiangji", "cards", "2026-05A", cwd=root)
    assert refused.returncode == 1
    assert "[card-stopped]" in refused.stderr
    assert not (root / "print" / "cards" / "laziji_2026-05A_stall.pdf").exists()


def test_the_command_prints_the_cards_that_fit_and_tells_of_the_others(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village")
    file = root / "products" / "larou" / "product.yml"
    file.write_text(file.read_text("utf-8").replace("名称: 老腊肉", f"名称: {LONG}", 1), "utf-8")
    done = here("xiangji", "cards", "--kind", "shelf", cwd=root)
    assert done.returncode == 1
    assert "[card-overflow]" in done.stderr and "照样做好了" in done.stderr
    assert (root / "print" / "cards" / "cards_shelf.pdf").is_file()


def test_of_cards_that_are_named_one_that_does_not_fit_keeps_no_other_from_being_printed(
    tmp_path: Path,
) -> None:
    root = copy_demo(tmp_path / "village")
    file = root / "products" / "larou" / "product.yml"
    file.write_text(file.read_text("utf-8").replace("名称: 老腊肉", f"名称: {LONG}", 1), "utf-8")
    named = ("larou/2026-01A", "laziji/2026-09A")
    done = here("xiangji", "cards", *named, "--kind", "shelf", cwd=root)
    assert done.returncode == 1
    assert "[card-overflow]" in done.stderr and "其余 1 张照样做好了" in done.stderr
    there = [each.name for each in (root / "print" / "cards").glob("*.pdf")]
    assert there == ["laziji_2026-09A_shelf.pdf"]
    alone = here("xiangji", "cards", named[0], "--kind", "shelf", cwd=root)
    assert alone.returncode == 1 and "什么也没有写" in alone.stderr
