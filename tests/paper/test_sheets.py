"""Batch sheets on A4: all facts, one page, codes that survive, and nothing cut in silence."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from built import ROOT, copy_demo, here, run, write
from paper.degraded import blurred, rasterised, texts
from paper.desk import (
    MM,
    Desk,
    demo_desk,
    flat,
    measured,
    page_count,
    small_desk,
    survives,
    text_of,
    type_sizes,
)
from xiangji.paper.sheet_text import sheet_text
from xiangji.paper.sheets import (
    HOW_CHOSEN,
    PrintedDocument,
    PrintedSheet,
    current,
    prepare,
    set_sheets,
)
from xiangji.problems import Problem

EVERY = sorted(
    (
        "laziji/2026-03A laziji/2026-09A laziji/2026-04B laziji/2026-05A laziji/2026-06C "
        "laziji/2026-11A laziji/2025-10A zheergen/Z-1119 ciba-lajiao/L-0905 zhulan/012 tuji/J-0915"
    ).split()
)
"""Every state, every kind of product, with and without a picture, full and empty."""


def made(
    desk: Desk, key: str, black: bool = False
) -> tuple[PrintedSheet, PrintedDocument, bytes, list[Problem]]:
    sheet, found = prepare(desk.context, desk.context.library.batches[key], desk.fonts)
    assert sheet is not None, [each.message("en") for each in found]
    printed, told = set_sheets(desk.context, [sheet], desk.fonts, desk.cache, black)
    return sheet, printed, printed.document.pdf(), [*found, *told]


def facts(value: object) -> list[str]:
    """Every text among the facts of a sheet, whatever it stands in."""
    match value:
        case str():
            return [value] if value else []
        case dict():
            return [each for inner in value.values() for each in facts(inner)]
        case list() | tuple():
            return [each for inner in value for each in facts(inner)]
    return []


# Names of shapes, not words; the longer tellings stand there where there is room.
UNSAID = {"key", "icon", "tone", "tellings", "telephone", "label_title"}


@pytest.mark.parametrize("key", EVERY)
def test_one_page_holds_every_fact(demo: Desk, key: str) -> None:
    sheet, printed, pdf, told = made(demo, key)
    assert page_count(pdf) == 1
    said = text_of(pdf)
    wanted = {name: value for name, value in sheet.text.items() if name not in UNSAID}
    wanted["state"] = {k: v for k, v in wanted["state"].items() if k != "key"}
    wanted["checks"] = [{k: v for k, v in c.items() if k != "tone"} for c in wanted["checks"]]
    missing = [each for each in facts(wanted) if flat(each) not in said]
    assert missing == []
    assert "印于2026年11月22日" in said
    assert "以网页为准" in said
    assert "示例" in said
    assert said.count("未记录") >= sum(not each["result"] for each in sheet.text["checks"])
    assert [each.rule for each in told if each.rule.startswith("sheet-overflow")] == []
    measured(printed, pdf, sheet.code)


def test_an_issued_certificate_stands_on_the_sheet(demo: Desk) -> None:
    """Its words also beside the code, and never as if somebody else had given it."""
    said = text_of(made(demo, "zheergen/Z-1119")[2])
    assert said.count("承诺达标合格证") == 2
    assert "编号HGZ-2026-001" in said
    assert "承诺依据质量安全控制符合要求；自行检测合格" in said
    assert "不是政府发的证明" in said
    assert "承诺达标合格证" not in text_of(made(demo, "zheergen/Z-1121")[2])


def test_what_is_missing_is_drawn_openly(demo: Desk) -> None:
    """Of a batch with a lot and a day and nothing else, nothing is left out."""
    _, _, pdf, _ = made(demo, "laziji/2026-06C")
    said = text_of(pdf)
    for layer in ("自检", "合作社检", "县检", "第三方"):
        assert f"{layer}未记录" in said
    for name in ("往前一步", "往后一步", "数量"):
        assert f"{name}未记录" in said
    assert "未记录：这一批的经过没有记下来。" in said


@pytest.mark.parametrize("dots", [203, 300])
@pytest.mark.parametrize("black", [False, True])
def test_the_code_survives(demo: Desk, dots: int, black: bool) -> None:
    sheet, printed, pdf, _ = made(demo, "laziji/2026-09A", black)
    survives(pdf, list(printed.addresses), sheet.code.module, dots)


def test_a_code_can_be_spoiled(demo: Desk) -> None:
    """What the codes survive is measured with something that can fail."""
    sheet, _, pdf, _ = made(demo, "laziji/2026-09A")
    shown = rasterised(pdf, 203)[0]
    assert texts(shown) == [sheet.address]
    assert texts(blurred(shown, 3 * sheet.code.module * 203 / 25.4)) == []


def test_black_is_black_alone(demo: Desk) -> None:
    _, _, pdf, _ = made(demo, "laziji/2026-05A", black=True)
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(scale=1).to_pil().convert("RGB")
    # No pixel is coloured: where a press shows black ink it is a very dark grey.
    assert all(max(p) - min(p) <= 8 for _, p in shown.getcolors(1 << 24))


def test_a_recall_is_red_in_a_village_whose_colour_is_blue(tmp_path: Path) -> None:
    brand = "名称: 蓝村\n颜色: {主色: '#1F4E79'}\n"
    lot = "状态: 召回\n原因: 标签漏印\n"
    desk = small_desk(
        tmp_path,
        {
            "products/brand.yml": brand,
            "products/ganzhe/product.yml": PRODUCT.format(name="甘蔗"),
            "products/ganzhe/batches/G-1.yml": f"批号: G-1\n{lot}",
        },
    )
    _, _, pdf, _ = made(desk, "ganzhe/G-1")
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(scale=1).to_pil().convert("RGB")
    red = [(n, p) for n, p in shown.getcolors(1 << 24) if p[0] > 130 and max(p[1:]) < 90]
    assert sum(n for n, _ in red) > 5_000, "the ground of the state"


def test_same_input_same_bytes(demo: Desk, tmp_path: Path) -> None:
    assert made(demo, "larou/2026-01A")[2] == made(demo_desk(tmp_path), "larou/2026-01A")[2]


EVENTS = "\n".join(
    f"  - {{环节: 加工, 名称: 第 {n} 步, 时间: 2026-{1 + n // 28:02}-{1 + n % 28:02}, 说明: 翻一次缸，看一看颜色}}"
    for n in range(1, 61)
)
PRODUCT = "名称: {name}\n类型: 农产品\n"


def village(tmp_path: Path, batch: str, name: str = "青皮甘蔗", more: str = "") -> Desk:
    files = {
        "products/ganzhe/product.yml": PRODUCT.format(name=name) + more,
        "products/ganzhe/batches/G-1.yml": f"批号: G-1\n{batch}",
    }
    return small_desk(tmp_path, files)


def test_steps_that_do_not_fit_are_counted(tmp_path: Path) -> None:
    """The latest stand there, and the paper says how many more the page has."""
    desk = village(tmp_path, f"状态: 正常\n经过:\n{EVENTS}\n")
    _, _, pdf, told = made(desk, "ganzhe/G-1")
    said = text_of(pdf)
    assert page_count(pdf) == 1
    shown = [n for n in range(1, 61) if f"第{n}步" in said]
    left = 60 - len(shown)
    assert shown == list(range(left + 1, 61))
    assert 6 <= len(shown) < 60
    assert f"更早的另有{left}步，见网页" in said
    assert [(each.rule, each.severity.value) for each in told] == [("sheet-left", "notice")]
    assert f"另有 {left} 步" in told[0].message("zh")


def test_many_lots_and_farm_inputs_are_counted_as_well(tmp_path: Path) -> None:
    used = "\n".join(f"  - {{名称: 第 {n} 种肥, 使用日期: 2026-03-01}}" for n in range(1, 81))
    desk = village(tmp_path, f"状态: 正常\n投入品:\n{used}\n")
    _, _, pdf, _ = made(desk, "ganzhe/G-1")
    said = text_of(pdf)
    shown = [n for n in range(1, 81) if f"第{n}种肥" in said]
    assert shown == list(range(1, len(shown) + 1))
    assert f"另有{80 - len(shown)}样，见网页" in said
    assert page_count(pdf) == 1


def test_a_name_of_two_lines_stays_whole(tmp_path: Path) -> None:
    name = "山背后老屋基三道拐坡顶上手工头茬现砍现削青皮小甘蔗带叶整捆扎好连夜下山" * 2
    desk = village(tmp_path, "状态: 正常\n", name)
    _, _, pdf, told = made(desk, "ganzhe/G-1")
    assert name in text_of(pdf)
    assert page_count(pdf) == 1
    assert told == []


def test_an_empty_batch_has_its_page(tmp_path: Path) -> None:
    _, _, pdf, told = made(village(tmp_path, ""), "ganzhe/G-1")
    said = text_of(pdf)
    assert page_count(pdf) == 1
    assert "状态未记录" in said
    assert said.count("未记录") >= 12
    assert told == []


def test_a_photo_from_a_telephone_stands_upright_and_small(tmp_path: Path) -> None:
    """A telephone lays its photos on their side and says so in EXIF."""
    photo = Image.new("RGB", (1600, 1200), "#2B6446")
    photo.paste("#A3211B", (0, 0, 800, 1200))  # the left half: above, when it stands upright
    exif = Image.Exif()
    exif[0x0112] = 6
    file = tmp_path / "products" / "ganzhe" / "media" / "p.jpg"
    file.parent.mkdir(parents=True)
    photo.save(file, "JPEG", exif=exif)
    more = "图片: media/p.jpg\n图片说明: 一捆甘蔗\n"
    desk = village(tmp_path, "状态: 正常\n", more=more)
    _, _, pdf, _ = made(desk, "ganzhe/G-1")
    with pypdfium2.PdfDocument(pdf) as document:
        images = document[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        sizes = [each.get_px_size() for each in images]
        shown = document[0].render(scale=1).to_pil().convert("RGB")
    assert len(sizes) == 1
    width, height = sizes[0]
    assert width < height and width <= 78 / 25.4 * 300 + 1
    above, below = shown.getpixel((100, 75)), shown.getpixel((100, 150))
    assert above[0] > above[1] and below[1] > below[0]  # red above green


HOSTILE = '#read("data.json") <b>粗</b> *星* _线_ $x$ `码` [括号] \\ @a // 注 1. 二 = 三 - 四'


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    batch = (
        f"状态: 停售\n原因: '{quoted}'\n怎么办: '{quoted}'\n备注: '{quoted}'\n去向: '{quoted}'\n"
    )
    events = f"经过:\n  - {{环节: 加工, 名称: '{quoted}', 说明: '{quoted}'}}\n"
    desk = village(tmp_path, batch + events, name=f"'{quoted}'")
    _, _, pdf, _ = made(desk, "ganzhe/G-1")
    assert text_of(pdf).count(flat(HOSTILE)) == 7


def test_a_long_word_is_broken_and_stays_in_its_column(tmp_path: Path) -> None:
    word = "ABCDEFGHIJ" * 12
    _, _, pdf, told = made(village(tmp_path, f"状态: 正常\n去向: {word}\n"), "ganzhe/G-1")
    assert word in text_of(pdf)
    assert told == []
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    right = max(box[2] for box in boxes)
    assert right <= (210 - 14) / 25.4 * 72 + 0.5


def test_no_type_is_smaller_than_nine_points(demo: Desk, tmp_path: Path) -> None:
    crowded = village(tmp_path, f"状态: 正常\n经过:\n{EVENTS}\n")
    for desk, key in ((demo, "laziji/2026-03A"), (crowded, "ganzhe/G-1")):
        points = [size / MM * 72 for size in type_sizes(made(desk, key)[2])]
        assert min(points) >= 8.99


# --- booklet -----------------------------------------------------------------------------------


def test_the_booklet(demo: Desk) -> None:
    batches = current(demo.context)
    ready = [prepare(demo.context, each, demo.fonts)[0] for each in batches]
    sheets = [each for each in ready if each is not None]
    printed, _ = set_sheets(demo.context, sheets, demo.fonts, demo.cache, booklet=HOW_CHOSEN)
    pdf = printed.document.pdf()
    assert page_count(pdf) == 2 + len(batches)
    cover, contents = text_of(pdf, 0), text_of(pdf, 1)
    for word in ("阳朗乡记", "立碑村", "批次小册子", "印于2026年11月22日", "示例"):
        assert word in cover
    assert flat(HOW_CHOSEN) in contents
    with pypdfium2.PdfDocument(pdf) as document:
        marks = [(each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    assert [page for _, page in marks] == list(range(2, 2 + len(batches)))
    assert [flat(title) for title, _ in marks] == [flat(each.text["name"]) for each in sheets]
    for at, each in enumerate(sheets):
        line = flat(f"{each.text['name']}{each.batch.lot}{each.text['state']['word']}{at + 3}")
        assert line in contents
        assert flat(each.text["name"]) in text_of(pdf, at + 2)
    assert len(printed.addresses) == len(batches)


def test_which_sheets_are_current(demo: Desk) -> None:
    keys = [each.key for each in current(demo.context)]
    # What is stopped is there, what is expired is not; what waits does not hide what is sold.
    assert {"laziji/2026-05A", "laziji/2026-04B", "ciba-lajiao/L-0428"} <= set(keys)
    assert {"zheergen/Z-1121", "zheergen/Z-1119", "laziji/2026-11A"} <= set(keys)
    assert not {"zheergen/Z-1103", "laziji/2025-10A", "laziji/2026-03A"} & set(keys)


# --- the command -------------------------------------------------------------------------------


def test_the_command_writes_what_it_says(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village")
    done = run("xiangji", "sheets", "2026-09A", "zheergen/Z-1119", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    names = sorted(file.name for file in (root / "print" / "sheets").glob("*.pdf"))
    assert names == ["laziji_2026-09A_sheet.pdf", "zheergen_Z-1119_sheet.pdf"]
    assert all(name in done.stdout for name in names)
    done = here("xiangji", "sheets", "--booklet", "--out", "out", "--lang", "en", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = page_count((root / "out" / "booklet.pdf").read_bytes())
    assert pages > 10
    # Cover and contents have no code.
    assert f"{pages} page(s); all {pages - 2} code(s) read back" in done.stdout


def test_the_command_refuses(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village")
    unknown = here("xiangji", "sheets", "2026-09", cwd=root)
    assert unknown.returncode == 2
    assert "2026-09A" in unknown.stderr
    config = root / "mkdocs.yml"
    lines = config.read_text("utf-8").splitlines(keepends=True)
    config.write_text("".join(each for each in lines if not each.startswith("site_url")), "utf-8")
    stopped = here("xiangji", "sheets", "2026-09A", cwd=root)
    assert stopped.returncode == 1
    assert "[paper-no-address]" in stopped.stderr
    assert not (root / "print").exists()


def test_without_the_extra_one_sentence(tmp_path: Path) -> None:
    """As where the extra is not installed: the package that it brings cannot be imported."""
    root = copy_demo(tmp_path / "village")
    write(tmp_path / "lame", {"typst.py": "raise ImportError('not here')\n"})
    import os

    paths = [str(tmp_path / "lame"), os.environ.get("PYTHONPATH", "")]
    env = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = run("xiangji", "sheets", "2026-09A", cwd=root, env=env)
    assert done.returncode == 1
    assert 'pip install "xiangji[print]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_paper_and_page_say_the_same_of_every_step(demo: Desk) -> None:
    """The sheet on paper is made by the functions of the page, not beside them."""
    batch = demo.context.library.batches["laziji/2026-03A"]
    text = sheet_text(demo.context, batch, demo.context.library.products["laziji"], "https://x.cn/")
    assert [each["title"] for each in text["events"]] == [
        each.title or str(each.kind) for each in batch.events
    ]
    assert (ROOT / "theme/xiangji_theme/print/sheet.typ").is_file()
