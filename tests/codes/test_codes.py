"""Every code of the demo, read as a phone reads it, leads to the sheet of its own lot."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import zint
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from built import SITE_URL, Built, run
from xiangji.codes.mask import row_bytes
from xiangji.codes.qr import LEVELS, make_code

QUIET = 4
DOTS = 12


def check(demo: Built, code: Path, picture: Image.Image) -> None:
    """The picture, at `DOTS` pixels a module, says where to go; and that place is there."""
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text.startswith(SITE_URL)
    assert read.ec_level == "M"
    address = read.text.removeprefix(SITE_URL)
    assert demo.site / address == code.parent, "a code lies beside its own sheet"
    lot = address.split("/")[2]
    page = demo.pages[address]
    names, values = ([each.text for each in page.all(tag)] for tag in ("dt", "dd"))
    assert values[names.index("批号")] == lot
    dark = picture.point(lambda value: 255 - value).getbbox()
    edge = QUIET * DOTS
    assert dark == (edge, edge, picture.width - edge, picture.height - edge)


def test_every_png_leads_to_its_lot(demo: Built) -> None:
    codes = sorted(f for f in demo.site.rglob("code*.png") if "images" not in f.parts)
    assert len(codes) == len(demo.sheets) >= 12
    for code in codes:
        with Image.open(code) as picture:
            check(demo, code, picture.convert("L"))


def test_every_svg_leads_to_its_lot(demo: Built, server: str, browser: Any) -> None:
    codes = sorted(demo.site.rglob("code*.svg"))
    assert len(codes) == len(demo.sheets)
    page = browser.new_page()
    for code in codes:
        with Image.open(code.with_suffix(".png")) as twin:
            width, height = twin.size
        page.set_viewport_size({"width": width, "height": height})
        page.goto(server + code.relative_to(demo.site).as_posix())
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            check(demo, code, picture.convert("L"))
    page.close()


def test_sheets_show_their_code_large_and_in_words(demo: Built) -> None:
    for address, sheet in demo.sheets.items():
        assert sheet.all("img", src="code.png")[0]["alt"], address
        assert SITE_URL + address in [each.text for each in sheet.all("p")], address


def test_without_an_address_no_code_is_made_and_the_build_says_so(
    starter: Built, tmp_path: Path
) -> None:
    """A code that cannot work is worse than none."""
    assert list(starter.site.rglob("code.*"))
    root = shutil.copytree(starter.root, tmp_path / "village")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("site_url: https://example.cn/\n", ""), "utf-8")
    done = run("xiangji", "build", "--out", "fresh", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "提醒 [site-url-missing]" in done.stderr
    built = Built(root, root / "fresh")
    assert list(built.site.rglob("code.*")) == []
    assert len(built.sheets) == 1
    for sheet in built.sheets.values():
        assert "二维码" not in sheet.all("body")[0].text
    assert run("xiangji", "build", "--strict", cwd=root).returncode == 1


def test_a_code_says_what_was_asked_at_every_level() -> None:
    """Written by hand, read by a library: long and short, with signs outside of ASCII too."""
    for address in (
        "https://a.cn/t/a/1/",
        "https://cun.example.cn/t/laziji/2026-09A/" * 3,
        "https://辣.cn/",
    ):
        for level in "lmqh":
            code = make_code(address, level)
            with Image.open(io.BytesIO(code.png())) as picture:
                assert picture.size == (code.side * DOTS, code.side * DOTS)
                (read,) = zxingcpp.read_barcodes(picture.convert("L"))
            assert (read.text, read.ec_level) == (address, level.upper())
            rows = code.rows
            assert len(rows) == code.side == len(rows[0])
            assert not any(map(any, rows[:QUIET])) and not any(any(row[:QUIET]) for row in rows)


def test_a_png_shows_every_module_of_every_size() -> None:
    """Each row ends elsewhere in its last byte, and repetitions are cut elsewhere."""
    sizes = set()
    for length in (*range(0, 160, 7), *range(160, 1250, 23)):
        for level in "lh":
            code = make_code(f"https://a.cn/{length:x<{length}}", level)
            sizes.add(code.bare)
            with Image.open(io.BytesIO(code.png())) as picture:
                small = picture.convert("L").resize((code.side, code.side), Image.Resampling.BOX)
            shown = small.point(lambda value: {0: 1, 255: 0}.get(value, 2)).tobytes()
            assert shown == b"".join(code.rows), (length, level)
    assert sizes == set(range(21, 178, 4))


@given(
    st.text("abcXYZ0189-/.甲", max_size=600).map("https://a.cn/{}".format),
    st.sampled_from(sorted(LEVELS)),
)
def test_the_mask_is_the_one_that_the_encoder_chooses(address: str, level: str) -> None:
    """Of any size: a symbol that looks like a finder, or all dark, is hard to read."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    symbol.option_1 = LEVELS[level]
    symbol.input_mode = zint.InputMode(0)
    symbol.encode(address.encode())
    grid = symbol.encoded_data
    assert grid.shape is not None
    line, bits = grid.shape[1], grid.tobytes()
    code = make_code(address, level)
    assert code.bare == symbol.width
    used = (code.bare + 7) // 8
    apart = row_bytes(code.bare)
    rows = [code.packed[at : at + apart] for at in range(0, code.bare * apart, apart)]
    wanted = [bits[at : at + used] for at in range(0, code.bare * line, line)]
    assert [(row[:used], any(row[used:])) for row in rows] == [(row, False) for row in wanted]
