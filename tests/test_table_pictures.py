"""The pictures of templates in the handbook are drawn from the templates as they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from table_pictures import IMAGES, PICTURES, WIDTH, Shown, document  # noqa: E402


@pytest.mark.parametrize("shown", PICTURES, ids=lambda each: str(each.name))
def test_each_picture_shows_columns_that_the_template_has(shown: Shown) -> None:
    page = document(shown)
    for heading in shown.headings:
        assert f">{heading}</td>" in page
    assert page.count('<div class="on">') == 1, "what is filled in is in the open list"
    with Image.open(IMAGES / f"{shown.name}.png") as picture:
        assert picture.width == WIDTH
    names = [
        each.name
        for each in (ROOT / "site_src" / "handbook").glob("*.md")
        if f"{shown.name}.png" in each.read_text("utf-8")
    ]
    assert names == ["tables.md"]
