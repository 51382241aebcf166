"""A batch sheet on paper: one A4 page, black on white, that an inspector can file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from waiting import until

from built import Built, write
from xiangji.build import build
from xiangji.settings import Settings

A4 = 695
"""Pixels between the margins of a sheet of A4 (184 mm)."""
MM = 96 / 25.4
LOTS = ("2026-09A", "2026-11A", "2026-04B", "2026-05A", "2025-10A", "2026-06C")
"""One of each state."""

TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility()) continue;
    let back = 'rgba(0, 0, 0, 0)';
    for (let each = parent; each; each = each.parentElement) {
      back = getComputedStyle(each).backgroundColor;
      if (back !== 'rgba(0, 0, 0, 0)') break;
    }
    const style = getComputedStyle(parent);
    found.push([node.data.trim(), parseFloat(style.fontSize), style.color, back]);
  }
  return found;
}"""
SHAPE = """() => {
  const style = getComputedStyle(document.querySelector('.state'));
  return [style.borderTopStyle, style.borderTopWidth, style.borderLeftWidth,
    style.borderTopLeftRadius, style.clipPath].join(' ');
}"""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


BOXES = """() => Object.fromEntries(Object.entries(
  {code: '.code img', words: '.code .muted', head: '.head', state: '.state'}
).map(([name, where]) => [name, document.querySelector(where).getBoundingClientRect()]))"""


@dataclass(frozen=True)
class Printed:
    """What stands on the paper of a batch sheet."""

    texts: list[Any]
    """Each text with its size in pixels, its colour and the colour behind it."""
    boxes: dict[str, Any]
    beside_code: str
    main: str


@pytest.fixture(scope="module", params=["light", "dark"])
def printed(
    request: Any, demo: Built, server: str, lasting_page: Callable[..., Any]
) -> dict[str, Printed]:
    """Every sheet as it is printed, on a phone that is light or dark."""
    page = lasting_page(A4, color_scheme=request.param)
    page.emulate_media(media="print")
    seen = {}
    for address in demo.sheets:
        page.goto(server + address)
        until(page, "document.querySelector('.code img').naturalWidth > 0")
        beside = page.inner_text(".code .muted")
        boxes = page.evaluate(BOXES)
        seen[address] = Printed(page.evaluate(TEXTS), boxes, beside, page.inner_text("main"))
    return seen


@dataclass(frozen=True)
class Shown:
    """What a batch sheet says on the screen of a phone, piece by piece, and what its printer gets."""

    pieces: list[str]
    pdf: bytes


@pytest.fixture(scope="module")
def shown(demo: Built, server: str, lasting_page: Callable[..., Any]) -> dict[str, Shown]:
    """Every sheet on a phone."""
    page = lasting_page(360)
    seen = {}
    for address in demo.sheets:
        page.goto(server + address)
        pieces = page.locator("h1, .state p, .notice, main dd, .line li, .checks li")
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        seen[address] = Shown(pieces.all_inner_texts(), pdf)
    return seen


def test_every_sheet_is_one_page(demo: Built, shown: dict[str, Shown]) -> None:
    counts = {
        address: (pages_of(pdf), b"/Subtype /Image" in pdf or b"/Subtype/Image" in pdf)
        for address, pdf in ((address, each.pdf) for address, each in shown.items())
    }
    assert counts == dict.fromkeys(demo.sheets, (1, True))


def test_text_is_dark_on_white_and_large_enough(demo: Built, printed: dict[str, Printed]) -> None:
    assert printed.keys() == demo.sheets.keys()
    for address, sheet in printed.items():
        assert len(sheet.texts) > 30
        assert [each for each in sheet.texts if each[1] < 12] == [], address  # 9 pt
        assert {each[3] for each in sheet.texts} <= {"rgb(255, 255, 255)"}, address
        for text, _, colour, _ in sheet.texts:
            assert max(map(int, re.findall(r"\d+", colour)[:3])) <= 0x55, (address, text)


def test_the_code_is_large_and_its_address_beside_it(printed: dict[str, Printed]) -> None:
    for address, sheet in printed.items():
        code, words, head, state = (
            sheet.boxes[name] for name in ("code", "words", "head", "state")
        )
        assert min(code["width"], code["height"]) >= 25 * MM, address
        assert sheet.beside_code.endswith(address)
        assert words["y"] + words["height"] <= head["y"] + head["height"], address
        assert state["x"] + state["width"] < words["x"], "the code lies over nothing"


def test_what_stands_on_the_screen_stands_on_paper(
    printed: dict[str, Printed], shown: dict[str, Shown]
) -> None:
    for address, sheet in printed.items():
        paper = re.sub(r"\s", "", sheet.main)
        assert len(shown[address].pieces) > 5
        for each in shown[address].pieces:
            assert re.sub(r"\s", "", each) in paper, address


@pytest.mark.parametrize("how", ["paper", "grey", "forced"])
def test_every_state_has_its_own_shape_icon_and_word(
    how: str, server: str, new_page: Callable[..., Any]
) -> None:
    """Without any colour: border, outline, icon and word of each state are its own."""
    page = new_page(360, forced_colors="active" if how == "forced" else "none")
    page.emulate_media(media="print" if how == "paper" else "screen")
    seen = []
    for lot in LOTS:
        page.goto(f"{server}t/laziji/{lot}/")
        icon = page.locator(".state svg").inner_html()
        seen.append((page.evaluate(SHAPE), icon, page.inner_text(".state b")))
    for each in zip(*seen, strict=True):
        assert len(set(each)) == len(LOTS), each


def test_a_sheet_of_food_says_until_when_it_may_be_eaten(demo: Built) -> None:
    """In words that a reader can hold against the calendar on the wall, without a script."""
    told = 0
    for address, sheet in demo.sheets.items():
        (state,) = sheet.all("div", role="status")
        if "正常" in state.text and not address.startswith("t/zhulan/"):
            day = r"\d{4} 年 \d{1,2} 月 \d{1,2} 日"
            good = rf"这一批正常(可食用至 {day}，过了这天请不要吃|保质期未记录)"
            assert re.fullmatch(good, state.text), address
            told += "可食用至" in state.text
    assert told >= 6


def test_a_label_with_a_long_record_stays_one_page(
    tmp_path: Path, new_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the latest changes are printed, and the paper says so."""
    import subprocess

    product = "名称: 辣酱\n类型: 加工食品\n数字标签: 是\n贮存: {}\n净含量: {} 克\n配料: [辣椒]\n"
    root = write(
        tmp_path / "village",
        {
            "products/brand.yml": "名称: 立碑村\n",
            "products/jiang/batches.csv": "批号,生产日期\nA1,2026-01-01\n",
        },
    )
    for number in range(1, 20):
        write(root, {"products/jiang/product.yml": product.format(f"{number} 度", 100 + number)})
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", ".")):
            identity = ("-c", "user.name=a", "-c", "user.email=a@example.cn")
            subprocess.run(["git", *identity, *words], cwd=root, check=True)
    site = build(Settings(root, date(2026, 5, 1), site_url="https://example.cn/"))
    (sheet,) = (x for x in site.artifacts if x.address == "t/jiang/A1/")
    file = tmp_path / "sheet.html"
    file.write_bytes(sheet.content)
    page = new_page(A4)
    page.goto(file.as_uri())
    assert page.locator(".changes li").count() == 15
    assert not page.locator("text=纸上只印").is_visible()
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    assert page.locator(".changes li:visible").count() == 8
    assert page.locator("text=纸上只印").is_visible()
