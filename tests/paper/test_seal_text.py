"""A seal that is set in type: every sign of it, on paper and on the site, in the colour of the village."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from built import here


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("seal") / "village"
    assert here("xiangji", "new", str(root), cwd=root.parent).returncode == 0
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("example.cn", "cun.cn"), "utf-8")
    return root


def sealed(root: Path, text: str, colour: str = "") -> None:
    brand = root / "products/brand.yml"
    lines = brand.read_text("utf-8").split("\n")
    kept = [each for each in lines if not each.startswith(("  文字:", "颜色:"))]
    at = kept.index("印章:")
    kept[at + 1 : at + 1] = [f"  文字: {text}"]
    more = [f"颜色: {{主色: '{colour}'}}"] if colour else []
    brand.write_text("\n".join([*more, *kept]), "utf-8")


def words(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as opened:
        return "".join(page.get_textpage().get_text_bounded() for page in opened)


@pytest.mark.parametrize(
    "text",
    [
        "柚",
        "柚坪",
        "柚坪社",
        "柚坪合作",
        "柚坪合作社",
        "柚坪镇合作社",
        "柚坪镇辣椒合作社",
        "柚坪镇新村辣椒合作社",
    ],
)
def test_no_sign_of_a_seal_is_cut_off(text: str, village: Path) -> None:
    sealed(village, text)
    for command, name in (
        ("sheets", "sheets/first-product_2026-01A_sheet.pdf"),
        ("cards", "cards/first-product_2026-01A_stall.pdf"),
    ):
        kind = ("--kind", "stall") if command == "cards" else ()
        done = here("xiangji", command, "first-product/2026-01A", *kind, cwd=village)
        assert done.returncode == 0, done.stderr
        found = words(village / "print" / name)
        assert all(found.count(each) >= text.count(each) for each in text), (text, found)


def test_a_seal_on_the_site_has_the_colour_of_the_village(village: Path) -> None:
    sealed(village, "柚坪", "#1B5E20")
    assert here("xiangji", "build", cwd=village).returncode == 0
    page = (village / "site/index.html").read_text("utf-8")
    assert "--seal:#1B5E20" in page and "var(--seal," in page
    assert "#1B5E20" in (village / "site/assets/xiangji/seal.svg").read_text("utf-8")


def test_a_title_says_the_name_of_the_village_once(village: Path) -> None:
    assert here("xiangji", "build", cwd=village).returncode == 0
    assert "<title>我们村</title>" in (village / "site/index.html").read_text("utf-8")
