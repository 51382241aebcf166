"""Labels end to end: what is on them, that it can be read, and that nothing is printed which should
not be."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from paper.degraded import DEGRADED, each_code, rasterised, texts
from paper.desk import MM, SMALL, Desk, flat, small_desk, text_of, type_sizes
from paper.test_pledges import VILLAGE
from xiangji.cache import Cache
from xiangji.library.lot_state import last_day
from xiangji.model.values import Quantity
from xiangji.paper.delivery import finish
from xiangji.paper.formats import BLEED, RESOLUTIONS, STOCKS, TEMPLATES, grid, layout
from xiangji.paper.labels.design_pack import design_pack
from xiangji.paper.labels.label import (
    Label,
    LabelOrder,
    copies_of,
    prepare,
    prepare_roll,
)
from xiangji.paper.labels.print_run import sellable
from xiangji.paper.labels.setting import LabelSheets, set_labels
from xiangji.paper.labels.text import net_height
from xiangji.paper.print_check import check_print, codes_in
from xiangji.problems import Problem, fatal

Make = Callable[..., tuple[LabelSheets, bytes, Label]]


@pytest.fixture(scope="module")
def make(demo: Desk) -> Make:
    """The labels of a lot of the demo: `make(lot, template, stock, size, resolution, copies)`."""

    def made(
        lot: str,
        template: str,
        stock: str = "shop",
        size: tuple[float, float] | None = None,
        resolution: int = 300,
        copies: int = 1,
        black: bool = False,
        level: str = "m",
    ) -> tuple[LabelSheets, bytes, Label]:
        order = ordered(template, stock, size, resolution, black, level)
        batch = demo.context.library.batches[lot]
        label, problems = prepare(demo.context, batch, order, demo.fonts, copies)
        assert label is not None, [each.message("zh") for each in problems]
        sheets, told = set_labels(demo.context, [label], order, demo.fonts, demo.cache)
        assert not fatal(told, strict=False), [each.message("zh") for each in told]
        return sheets, sheets.document.pdf(), label

    return made


def ordered(
    template: str,
    stock: str = "shop",
    size: tuple[float, float] | None = None,
    resolution: int = 300,
    black: bool = False,
    level: str = "m",
) -> LabelOrder:
    kind, paper = TEMPLATES[template], STOCKS[stock]
    width, height = size or paper.label or (kind.width, kind.height)
    return LabelOrder(
        kind, paper, width, height, resolution=resolution, level=level, black_only=black
    )


# Each template, each arrangement, and the two ends of what may be printed.
SHEETS = [
    ("laziji/2026-09A", "jar", "shop", None),
    ("laziji/2026-09A", "bag", "a4", None),
    ("laziji/2026-09A", "box", "shop", None),
    ("laziji/2026-09A", "jar", "shop", (148, 210)),
    ("larou/2026-02A", "jar", "roll", (140, 60)),
    ("zheergen/Z-1119", "fresh", "a4", None),
    ("tuji/J-0915", "fresh", "a4-24", None),
    ("tuji/J-0915", "fresh", "roll", None),
    ("zhulan/007", "tag", "a4", None),
    ("laziji/2026-09A", "tag", "shop", None),
    ("laziji/2026-09A", "code", "roll", None),
    ("tuji/J-0915", "code", "a4-65", None),
]


@pytest.mark.parametrize("resolution", [203, 300])
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda each: "-".join(map(str, each[:3])))
def test_every_code_is_read_whatever_happens_to_it(
    sheet: tuple[str, str, str, tuple[float, float] | None], resolution: int, make: Make
) -> None:
    lot, template, stock, size = sheet
    if template == "code" and stock == "a4-65" and resolution == 203:
        resolution = (
            600  # A sticker of 38 × 21 mm is for a finer printer: `label-code-room` says so.
        )
    _sheets, pdf, label = make(lot, template, stock, size, resolution, copies=3)
    dots = label.code.module / MM * resolution
    for page in rasterised(pdf, min(resolution, 300)):
        alone = each_code(page)
        assert len(alone) == min(3, ordered(template, stock, size).per_page)
        for part in alone:
            for name, degrade in DEGRADED.items():
                assert texts(degrade(part, dots * min(resolution, 300) / resolution)) == [
                    label.address
                ], name


@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("template", ["jar", "bag", "box", "fresh", "tag", "code"])
def test_the_print_measures_as_it_was_meant(template: str, resolution: int, make: Make) -> None:
    """Module and quiet zone in millimetres, from the dots of the finished PDF."""
    lot = "tuji/J-0915" if template == "fresh" else "laziji/2026-09A"
    _, pdf, label = make(lot, template, resolution=resolution)
    look = 600
    (page,) = rasterised(pdf, look)
    cut = round(BLEED / MM * look)  # What is cut off is no quiet zone.
    page = page.crop((cut, cut, page.width - cut, page.height - cut))
    (seen,) = codes_in(page, 1, look)
    assert seen.module == pytest.approx(label.code.module, abs=0.01)
    assert seen.module * resolution / MM == pytest.approx(label.code.dots, abs=0.25)
    assert seen.quiet and seen.contrast > 0.85 and seen.level == "M"
    assert seen.module >= 0.396


@pytest.mark.parametrize("resolution", [203, 300])
@pytest.mark.parametrize("template", ["jar", "bag", "box", "fresh", "tag", "code"])
def test_on_a_roll_every_edge_of_a_module_is_an_edge_of_a_dot(
    template: str, resolution: int, make: Make
) -> None:
    lot = "tuji/J-0915" if template == "fresh" else "laziji/2026-09A"
    _, pdf, label = make(lot, template, "roll", None, resolution)
    (page,) = rasterised(pdf, resolution)
    box = dark_square(page, label)
    values = {value for _, value in page.crop(box).getcolors(256) or ()}
    between = {value for value in values if 40 < value < 250}
    assert not between, f"{len(between)} half-tones between black and white"


def dark_square(page: Image.Image, label: Label) -> tuple[int, int, int, int]:
    """Where the symbol stands, without its quiet zone."""
    import zxingcpp

    (found,) = zxingcpp.read_barcodes(page)
    at = found.position
    side = (label.code.symbol.side - 8) * label.code.dots
    return at.top_left.x, at.top_left.y, at.top_left.x + side, at.top_left.y + side


def test_what_the_law_wants_stands_on_a_full_label(make: Make) -> None:
    for template in ("jar", "bag", "box"):
        _, pdf, _ = make("laziji/2026-09A", template)
        words = text_of(pdf)
        for wanted in (
            "阳朗辣子鸡", "净含量500克", "配料鸡肉、糍粑辣椒、菜籽油、姜、蒜、食用盐", "致敏物质可能含有花生",
            "生产者立碑村合作社", "联系方式0851-00000000", "生产日期2026年9月16日", "保质期12个月",
            "保质期到期日2027年9月15日", "批号2026-09A", "贮存条件常温避光", "食品生产许可证编号SC00000000000000",
            "产品标准代号Q/SL0001S-2026", "营养成分表", "能量1183千焦", "示例", "扫码看这一批",
        ):  # fmt: skip
            assert wanted in words, f"{template}: {wanted}"
        assert "yanglang.example.cn/t/laziji/2026-09A/" in words


def test_paper_and_page_say_the_same(demo: Desk) -> None:
    """The rows of the label are those of the digital label."""
    from xiangji.pages.batches.label_rows import food_rows
    from xiangji.paper.labels.text import label_text

    batch = demo.context.library.batches["ciba-lajiao/L-0905"]
    product = demo.context.library.products["ciba-lajiao"]
    text = label_text(demo.context, batch, product, "https://x.cn/")
    values = [row.value for row in (*text.rows, *text.dates)]
    for row in food_rows(demo.context, product, batch):
        assert row.value in (*values, text.name, text.net, text.variant), row.heading


@pytest.mark.parametrize("template", ["jar", "bag", "box"])
def test_type_is_never_smaller_than_the_law_allows(template: str, make: Make, demo: Desk) -> None:
    """Digits of the net content 4 mm for 500 g, everything else 1.8 mm (`standards.md` §4.2)."""
    _, pdf, label = make("laziji/2026-09A", template)
    heights = type_sizes(pdf)
    capital = demo.fonts.capital
    assert min(heights) * capital >= 1.8 - 0.01
    assert label.text.net_height == 4.0
    assert any(abs(size * capital - 4.0) < 0.02 for size in heights)


@pytest.mark.parametrize("size", [(70, 50), (52, 36)])
def test_nor_on_a_small_one(size: tuple[float, float], tmp_path: Path) -> None:
    """One panel, with room in plenty and with hardly any."""
    product = "products/ganzhe/product.yml"
    files = {
        **VILLAGE,
        product: VILLAGE[product] + "保质期: 30天\n",
        "products/ganzhe/batches.csv": "批号,采收日期\nG-1,2026-11-20\n",
    }
    desk = small_desk(tmp_path, files)
    order = ordered("fresh", size=size)
    label, problems = prepare(
        desk.context, desk.context.library.batches["ganzhe/G-1"], order, desk.fonts, 1
    )
    assert label is not None, [each.message("zh") for each in problems]
    sheets, told = set_labels(desk.context, [label], order, desk.fonts, desk.cache)
    assert told == []
    assert min(type_sizes(sheets.document.pdf())) * desk.fonts.capital >= 1.8 - 0.01


@pytest.mark.parametrize(
    ("net", "height"),
    [
        ("50 克", 2.0), ("50.5 g", 3.0), ("200 毫升", 3.0), ("0.2 L", 3.0), ("201 ml", 4.0),
        ("1 斤", 4.0), ("2 斤", 4.0), ("1 千克", 4.0), ("1.01 公斤", 6.0), ("1.5 升", 6.0),
        ("2 kg", 6.0), ("12 枚", 1.8), ("3000", 1.8),
    ],
)  # fmt: skip
def test_how_high_the_digits_of_a_net_content_are(net: str, height: float) -> None:
    """By the table of `standards.md` §4.2, whatever unit somebody wrote; a count has none."""
    value, _, unit = net.partition(" ")
    assert net_height(Quantity(Decimal(value), unit)) == height


def test_a_print_shop_gets_bleed_and_four_inks(make: Make) -> None:
    _, pdf, _ = make("laziji/2026-09A", "jar")
    boxes = re.search(rb"/TrimBox\s*\[([\d. ]+)\]", pdf)
    assert boxes is not None
    left, bottom, right, top = (float(each) / 72 * MM for each in boxes[1].split())
    assert (right - left, top - bottom) == pytest.approx((180, 60), abs=0.01)
    assert (left, bottom) == pytest.approx((3, 3), abs=0.01)
    assert b"/DeviceCMYK" in pdf
    # Grey alone may be described by a profile; no colour of a screen may.
    assert not re.search(rb"/DeviceRGB", pdf)


@pytest.mark.parametrize(
    ("template", "stock", "over"),
    [
        ("bag", "shop", 3.0),
        ("jar", "shop", 3.0),
        ("box", "shop", 3.0),
        ("bag", "a4", 1.5),
        ("tag", "a4-12", 0.0),
    ],
)
def test_colour_runs_over_the_edge_as_far_as_there_is_room(
    template: str, stock: str, over: float, make: Make
) -> None:
    """On a sheet that is cut by hand as far as gaps allow; where labels touch, not at all."""
    sheets, pdf, _ = make("laziji/2026-09A", template, stock, copies=2)
    order = ordered(template, stock)
    left, top = (order.grid.left, order.grid.top) if order.grid else (over, over)
    look = 300
    with pypdfium2.PdfDocument(pdf) as document:
        boxes = [document[at].get_trimbox() for at in range(len(document))]
        page = document[0].render(scale=look / 72).to_pil().convert("L")
    assert len(boxes) == (1 if order.grid else 2) and sheets.count == 2
    if not order.grid:
        assert [box[0] / 72 * MM for box in boxes] == pytest.approx([over] * 2, abs=0.01)
        assert page.width / look * MM == pytest.approx(order.width + 2 * over, abs=0.2)
    row = round((top + 3) / MM * look)
    line = page.crop((0, row, page.width, row + 1)).point(lambda value: 255 * (value < 254))
    begins = line.getbbox()
    assert begins is not None
    assert begins[0] / look * MM == pytest.approx(left - over, abs=0.15)


def test_black_is_black_alone(make: Make) -> None:
    """No grey and no colour anywhere: a thermal head burns a dot or does not."""
    _, pdf, _ = make("laziji/2026-09A", "jar", "roll", None, 203)
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(
            scale=203 / 72, no_smoothtext=True, no_smoothpath=True, no_smoothimage=True
        )
        picture = shown.to_pil().convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 24) or ()}
    assert all(max(c) - min(c) <= 12 for c in colours)
    dark = sum(n for n, c in picture.getcolors(1 << 24) or () if 60 < c[0] < 200)
    assert dark < picture.width * picture.height * 0.005, "half-tones"


def test_sheets_are_filled_in_order_and_cut_by_marks(make: Make) -> None:
    sheets, pdf, _label = make("zhulan/007", "tag", "a4", copies=11)
    per_page = ordered("tag", "a4").per_page
    assert (sheets.count, per_page) == (11, 9)
    pages = rasterised(pdf, 150)
    assert [len(texts(page)) for page in pages] == [per_page, 11 - per_page]
    assert check_print(pdf, sheets.addresses, 300).faults == ()


@pytest.mark.parametrize(
    "stock", [each for each in STOCKS.values() if each.label], ids=lambda s: s.key
)
def test_die_cut_labels_stand_within_the_sheet(stock: object) -> None:
    kind = STOCKS[stock.key]  # type: ignore[attr-defined]
    assert kind.label and kind.sheet
    cells = grid(kind, *kind.label)
    assert cells is not None and (cells.columns, cells.rows) == (kind.columns, kind.rows)
    right = cells.left + (cells.columns - 1) * cells.step_x + kind.label[0]
    bottom = cells.top + (cells.rows - 1) * cells.step_y + kind.label[1]
    assert cells.left >= 0 and cells.top >= 0
    assert right <= kind.sheet[0] and bottom <= kind.sheet[1]
    assert right + cells.left == pytest.approx(kind.sheet[0])


def test_every_arrangement_is_used() -> None:
    found = {
        layout(TEMPLATES["jar"], w, h) for w, h in [(180, 60), (148, 105), (90, 130), (60, 40)]
    }
    assert found == {"wide", "broad", "tall", "small"}


def test_same_order_same_bytes(make: Make, demo: Desk, tmp_path: Path) -> None:
    _, once, label = make("laziji/2026-09A", "bag", "a4", copies=2)
    order = ordered("bag", "a4")
    cold, _ = set_labels(demo.context, [label], order, demo.fonts, Cache(tmp_path))
    assert cold.document.pdf() == once


def test_what_villagers_write_stays_text(tmp_path: Path) -> None:
    evil = '#read("main.typ") *b* $x$ <told> [a] // c \\u{41}'
    desk = small_desk(
        tmp_path,
        {
            "products/brand.yml": "名称: 村\n生产者:\n  - {编号: she, 名称: 合作社, 类型: 合作社,"
            " 地址: 村口, 电话: 0851-1234567}\n",
            "products/deng/product.yml": f"名称: 灯笼\n类型: 手工艺\n生产者: [she]\n材料: '{evil}'\n",
            "products/deng/batches.csv": "批号,生产日期\nD1,2026-04-01\n",
        },
    )
    order = ordered("bag")
    batch = desk.context.library.batches["deng/D1"]
    label, problems = prepare(desk.context, batch, order, desk.fonts, 1)
    assert label is not None, problems
    sheets, told = set_labels(desk.context, [label], order, desk.fonts, desk.cache)
    assert not told
    assert flat(evil) in text_of(sheets.document.pdf())


@pytest.mark.parametrize(
    ("quantity", "copies"),
    [
        ("200 罐", 200),
        ("60 公斤", None),
        ("2.5 箱", None),
        ("", None),
        ("500 克", None),
        ("3 吨", None),
        ("1.2 万罐", 12_000),
        ("120 罐+3 罐", 123),
        ("2 箱×24 罐", 48),
        ("30 板", 30),
        ("12", "label-count"),
        ("30 挂", "label-count"),
    ],
)
def test_as_many_labels_as_pieces(quantity: str, copies: int | str | None, tmp_path: Path) -> None:
    desk = small_desk(
        tmp_path,
        {
            "products/deng/product.yml": "名称: 灯笼\n类型: 手工艺\n",
            "products/deng/batches.csv": f"批号,数量\nD1,{quantity}\n",
            "products/brand.yml": SMALL["products/brand.yml"] + "计量单位: 板、提\n",
        },
    )
    found = copies_of(desk.context.library.batches["deng/D1"], desk.context.library.brand)
    assert (found.rule if isinstance(found, Problem) else found) == copies


def test_which_lots_are_sold(demo: Desk) -> None:
    """What waits for its inspection may get labels; an expired lot could be sold on its last day."""
    library = demo.context.library
    good, left = sellable(library, demo.context.settings.today)
    assert {each.key for each in left} == {
        "ciba-lajiao/L-0302",  # expired
        "ciba-lajiao/L-0428",  # recalled
        "laziji/2025-10A",  # expired
        "laziji/2026-04B",  # on hold
        "laziji/2026-05A",  # recalled
        "zheergen/Z-1103",  # expired
    }
    assert "laziji/2026-11A" in {each.key for each in good}
    assert len(good) + len(left) == len(library.batches)
    batch = library.batches["laziji/2025-10A"]
    until = last_day(batch, library.products["laziji"])
    assert until is not None
    assert batch in sellable(library, until)[0]
    assert batch in sellable(library, until + timedelta(days=1))[1]


def test_a_design_pack_holds_every_element(make: Make, demo: Desk) -> None:
    _, pdf, label = make("laziji/2026-09A", "jar")
    packed = design_pack(demo.context, label, demo.fonts, pdf)
    assert packed == design_pack(demo.context, label, demo.fonts, pdf)
    with zipfile.ZipFile(BytesIO(packed)) as pack:
        assert sorted(pack.namelist()) == [
            "border.pdf", "border.svg", "code.pdf", "code.svg", "label.pdf", "motif.pdf", "motif.svg",
            "seal.pdf", "seal.svg", "text.txt", "说明.txt",
        ]  # fmt: skip
        assert pack.read("label.pdf") == pdf
        assert "净含量 500 克" in pack.read("text.txt").decode("utf-8-sig")
        assert label.address in pack.read("说明.txt").decode("utf-8-sig")
        (seen,) = codes_in(rasterised(pack.read("code.pdf"), 600)[0], 1, 600)
        assert seen.quiet and seen.text == label.address


def test_a_code_with_something_in_its_quiet_zone_is_told(make: Make) -> None:
    """The check itself: it must see what it is there for."""
    _, pdf, label = make("laziji/2026-09A", "code", "roll")
    (page,) = rasterised(pdf, 300)
    (good,) = codes_in(page, 1, 300)
    assert good.quiet
    left, top, _, _ = dark_square(page, label)
    for modules in (1.5, 3.4):  # A speck close by, and one in the last of the four.
        spoiled, at = page.copy(), top - round(modules * label.code.dots)
        spoiled.paste(0, (left + 20, at - 2, left + 26, at))
        (bad,) = codes_in(spoiled, 1, 300)
        assert not bad.quiet
    faint = page.point(lambda value: 128 + value // 2)
    (faded,) = codes_in(faint, 1, 300)
    assert faded.contrast < 0.7 < good.contrast


def test_what_does_not_fit_is_not_delivered(demo: Desk) -> None:
    """Although every code in it can be read."""
    batch = demo.context.library.batches["laziji/2026-09A"]
    order = ordered("box", size=(112, 83))
    label, _ = prepare(demo.context, batch, order, demo.fonts, 1)
    assert label is not None
    sheets, told = set_labels(demo.context, [label], order, demo.fonts, demo.cache)
    file, problems = finish(sheets, told, order.resolution, batch.origin.of("lot"))
    assert file is None and problems == told
    assert "label-overflow" in [each.rule for each in told]
    assert check_print(sheets.document.pdf(), sheets.addresses, 300).faults == ()


def test_a_roll_needs_an_address_and_no_batch_sheets(tmp_path: Path) -> None:
    config = "site_name: 村\n{}plugins:\n  - xiangji:\n      trace: false\n"
    for name, address in (("a", ""), ("b", "site_url: https://cun.example.cn/\n")):
        desk = small_desk(tmp_path / name, {"mkdocs.yml": config.format(address)})
        labels, told = prepare_roll(desk.context, "juan", 2, ordered("code", "roll"), desk.fonts)
        assert [each.rule for each in told] == ([] if address else ["paper-no-address"])
        assert len(labels) == (2 if address else 0)


def test_a_missing_and_a_wrong_code_are_told(make: Make) -> None:
    _, pdf, label = make("laziji/2026-09A", "code", "roll")
    assert check_print(pdf, [label.address], 300).faults == ()
    assert check_print(pdf, [label.address] * 2, 300).faults
    assert check_print(pdf, ["https://cun.example.cn/t/else/1/"], 300).faults
