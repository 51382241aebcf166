"""What is known of a font is what its file holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn as shipped

from xiangji.cache import Cache
from xiangji.paper.fonts import OWN_FONTS, find_fonts


def own(root: Path, font: Path) -> Path:
    """A village with one font of its own."""
    folder = root / OWN_FONTS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Path(shutil.copy(font, folder / "own.otf"))


def test_what_was_kept_of_a_font_is_what_it_holds(tmp_path: Path) -> None:
    plain = find_fonts()
    for _ in range(2):  # Another cache object each time, as in another process.
        assert find_fonts(None, Cache(tmp_path / "cache")) == plain
    assert len(plain.signs) > 20_000
    assert not plain.missing("阳朗辣子鸡 𰻝"[:5])
    assert plain.missing("\ue000") == ["\ue000"]


def test_another_font_under_the_same_name_is_read(tmp_path: Path) -> None:
    fonts = sorted(
        each for each in Path(shipped.__file__).parent.iterdir() if each.suffix == ".otf"
    )
    assert len(fonts) > 1
    families = []
    for font in (fonts[0], fonts[-1]):
        own(tmp_path, font)
        found = find_fonts(tmp_path, Cache(tmp_path / "cache"))
        assert found == find_fonts(tmp_path)
        families.append(found.sans[-1])
    assert len(set(families)) == 2, families


def test_the_heavy_faces_hold_the_common_signs() -> None:
    fonts = find_fonts()
    assert len(fonts.heavy_signs) > 8_100
    assert not fonts.thin("阳朗辣子鸡 糍粑、（500 克）一九七九〇")
    assert fonts.thin("䓤花") == ["䓤"] and not fonts.missing("䓤")
    assert fonts.missing("\ue000") and not fonts.thin("\ue000"), (
        "what no face has is told elsewhere"
    )
