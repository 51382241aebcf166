"""Every component in every state as it looks: shape and colours against `looks.json`.

What is kept of a picture is small on purpose: its size and the mean colour of each of 16 fields. A
wrong colour, a lost border, a collapsed or overflowing box changes them; another version of a font
hardly does. After a change that is meant: `XIANGJI_GOLDEN=write pytest tests/browser/test_style_page.py`,
and look at the page itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import BytesIO
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from built import Built

KEPT = Path(__file__).with_name("looks.json")
FIELDS = 4
FARTHEST = 26
"""The largest difference of one field's colour channel, of 255."""
TALLER = 0.1
"""Text may wrap otherwise in another font; a box may be so much taller or lower."""

VIEWS = [(360, "light"), (360, "dark"), (1280, "light")]

Look = dict[str, Any]

DRAWN = """() => Promise.all([...document.images].map(each => {
  each.loading = 'eager';
  return each.decode();
}))"""
"""Waits for all pictures, those further down too: the page has been idle before they are asked for."""

PIECES = """() => [...document.querySelectorAll('.piece')].map(each => {
  const box = each.getBoundingClientRect();
  return [each.id, box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY];
})"""
"""Each component with its place on the whole page, in pixels."""


@pytest.fixture(scope="module")
def looks(server: str, lasting_page: Callable[..., Any]) -> dict[str, Look]:
    found = {}
    for width, scheme in VIEWS:
        page = lasting_page(width, color_scheme=scheme, reduced_motion="reduce")
        page.goto(server + "dev/style/", wait_until="networkidle")
        page.evaluate(DRAWN)
        with Image.open(BytesIO(page.screenshot(full_page=True))) as whole:
            for name, left, top, right, bottom in page.evaluate(PIECES):
                box = (floor(left), floor(top), ceil(right), ceil(bottom))
                found[f"{name} {width} {scheme}"] = look(whole.crop(box))
    return found


def look(picture: Image.Image) -> Look:
    small = picture.convert("RGB").resize((FIELDS, FIELDS), Image.Resampling.BOX)
    colours = [
        "{:02x}{:02x}{:02x}".format(*small.getpixel((x, y)))
        for y in range(FIELDS)
        for x in range(FIELDS)
    ]
    return {"width": picture.width, "height": picture.height, "colours": " ".join(colours)}


def apart(one: str, other: str) -> int:
    """The largest difference of a channel between two rows of colours."""
    pairs = zip(
        bytes.fromhex(one.replace(" ", "")), bytes.fromhex(other.replace(" ", "")), strict=True
    )
    return max(abs(a - b) for a, b in pairs)


def test_every_component_looks_as_it_did(looks: dict[str, Look]) -> None:
    if os.environ.get("XIANGJI_GOLDEN") == "write":
        rows = [f"{json.dumps(name)}: {json.dumps(looks[name])}" for name in sorted(looks)]
        KEPT.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    kept = json.loads(KEPT.read_text("utf-8"))
    assert kept.keys() == looks.keys()
    other = {}
    for name, now in looks.items():
        was = kept[name]
        if now["width"] != was["width"] or abs(now["height"] / was["height"] - 1) > TALLER:
            other[name] = f"{was['width']}x{was['height']} is now {now['width']}x{now['height']}"
        elif (far := apart(was["colours"], now["colours"])) > FARTHEST:
            other[name] = f"colours are {far} apart"
    assert other == {}


def test_no_component_is_empty_or_hangs_out(server: str, new_page: Callable[..., Any]) -> None:
    for width in (320, 360, 1280):
        page = new_page(width)
        page.goto(server + "dev/style/")
        out = page.evaluate("""() => [...document.querySelectorAll('.piece')].flatMap(piece => {
          const box = piece.getBoundingClientRect();
          if (piece.innerText.trim().length < 3) return [piece.id + ' is empty'];
          return [...piece.querySelectorAll('*')].filter(each => {
            const own = each.getBoundingClientRect();
            return each.checkVisibility() && own.width && own.right > box.right + 1 && !each.closest('table');
          }).map(each => piece.id + ' ' + each.tagName + '.' + each.className);
        })""")
        assert out == [], width


def test_every_state_of_a_batch_is_shown(demo: Built) -> None:
    ids = demo.pages["dev/style/"].ids
    keys = ("normal", "pending", "on_hold", "recalled", "expired", "unrecorded")
    assert {f"state-{key}" for key in keys} <= ids


def test_a_village_that_does_not_ask_has_no_style_page(tmp_path: Path) -> None:
    from built import run
    from xiangji.cli.content.starter import write_starter

    write_starter(tmp_path / "v")
    done = run("xiangji", "build", "--host", "none", "--out", "site", cwd=tmp_path / "v")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "v" / "site" / "dev").exists()
