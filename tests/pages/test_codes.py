"""Every code of the demo, read as a phone reads it, leads to the sheet of its own lot."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from built import SITE_URL, Built, run
from xiangji.cache import Cache
from xiangji.pages.codes import make_code

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
    codes = sorted(demo.site.rglob("code*.png"))
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


def test_a_code_from_the_cache_is_the_same_code(tmp_path: Path) -> None:
    """Cold, warm, damaged: the same pictures; and no level answers for another."""
    cache = Cache(tmp_path)
    address = "https://cun.example.cn/t/laziji/2026-09A/"
    plain = make_code(address)
    for _ in range(2):
        kept = make_code(address, cache=cache)
        assert (kept.svg(), kept.png()) == (plain.svg(), plain.png())
    assert make_code(address, "h", cache).svg() == make_code(address, "h").svg() != plain.svg()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-3] + b"...")
    assert make_code(address, cache=cache).svg() == plain.svg()
