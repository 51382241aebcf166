"""Every picture of the handbook shows what the program makes today, is small, and says in Chinese what is to be seen."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import handbook_pictures as pictures  # noqa: E402

SHOWN = re.compile(r"!\[([^\]]*)\]\(\.\./images/handbook/([\w-]+)\.png\)")
HANDBOOK = ROOT / "site_src" / "handbook"
HAN = re.compile(r"[\u4e00-\u9fff]")


def shown() -> dict[str, tuple[str, str]]:
    """Page and alternative text of each picture."""
    return {
        name: (page.stem, alt)
        for page in sorted(HANDBOOK.glob("*.md"))
        for alt, name in SHOWN.findall(page.read_text("utf-8"))
    }


def test_each_picture_is_current() -> None:
    """If this fails: run `python tools/handbook_pictures.py`, look at the pictures, and commit them."""
    with pictures.builder() as build:
        now = pictures.digests(build)
    stale = {name for name, told in recorded().items() if now.get(name) != told}
    assert not stale, f"run tools/handbook_pictures.py: {sorted(stale)}"
    assert recorded().keys() == now.keys()


def recorded() -> dict[str, str]:
    found: dict[str, str] = json.loads(pictures.RECORD.read_text("utf-8"))
    return found


def test_each_picture_stands_on_the_page_whose_example_it_shows() -> None:
    found = shown()
    assert found.keys() == pictures.SHOTS.keys()
    for name, (page, alt) in found.items():
        village = pictures.SHOTS[name].village
        assert village in (page, pictures.DEMO), name
        assert len(HAN.findall(alt)) >= 15, f"{name}: what is to be seen?"
    assert {file.stem for file in pictures.PICTURES.iterdir()} == found.keys()


def test_the_pictures_are_small() -> None:
    sizes = {file.name: file.stat().st_size for file in pictures.PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > pictures.LARGEST} == {}
    assert sum(sizes.values()) <= 1_200_000


@pytest.mark.parametrize(
    "page",
    [each for each in sorted(HANDBOOK.glob("*.md")) if each.stem not in ("index", "commands")],
)
def test_each_page_shows_what_comes_out(page: Path) -> None:
    """A picture, or what the terminal says: nobody reads on trust alone."""
    text = page.read_text("utf-8")
    assert "](../images/" in text or re.search(r"^```(text|console)$", text, re.MULTILINE)


def test_a_digest_follows_words_and_elements_and_no_style() -> None:
    shot = pictures.Shot("start", "")
    html = '<head><style>a{}</style></head><body class="a"><main id="m"><p>字</p></main></body>'
    same = pictures.digest(shot, html)
    assert pictures.digest(shot, html.replace("a{}", "b{}").replace('class="a"', "")) == same
    assert pictures.digest(shot, html.replace("字", "别")) != same
    assert pictures.digest(shot, html.replace("<p>", "<b>")) != same
    assert pictures.digest(shot._replace(height=1), html) != same
