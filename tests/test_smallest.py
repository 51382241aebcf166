"""Sections are optional: one product in one file of five lines is a village, and so is one story."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from built import environment, here, run, write
from xiangji.build import Site, build
from xiangji.output.site_folder import write_site
from xiangji.readers.site.destination import Destination, destination
from xiangji.settings import Settings

PRODUCT = """\
名称: 折耳根
类型: 农产品
一句话: 田埂下的湿田里现挖
时令: 冬天
不上架: 否
"""
STORY = "---\n题目: 一口井\n---\n井在村口。\n"
TODAY = date(2026, 5, 1)


def made(root: Path, files: dict[str, str], **more: str) -> Site:
    return build(Settings(write(root, files), TODAY, site_url="https://example.cn/", **more))  # type: ignore[arg-type]


def test_one_product_of_five_lines_is_a_village(tmp_path: Path) -> None:
    assert PRODUCT.count("\n") == 5
    root = tmp_path / "立碑村"
    site = made(root, {"products/zheergen/product.yml": PRODUCT})
    assert not site.fatal()
    assert [each.rule for each in site.problems] == ["brand-missing"]
    assert site.problems[0].message("zh").endswith("“立碑村”。")
    pages = {page.address: page.document for page in site.pages}
    assert {"products/zheergen/", "shop/", "t/"} <= pages.keys()
    assert "立碑村" in pages["products/zheergen/"]
    assert "田埂下的湿田里现挖" in pages["products/zheergen/"]
    to = destination(site.settings, tmp_path / "site")
    assert isinstance(to, Destination)
    write_site(site, to)
    assert (tmp_path / "site" / "products" / "zheergen" / "index.html").is_file()


def test_the_site_s_name_comes_before_the_folder_s(tmp_path: Path) -> None:
    site = made(tmp_path, {"products/zheergen/product.yml": PRODUCT}, site_name="阳朗")
    assert site.problems[0].message("zh").endswith("“阳朗”。")
    assert "阳朗" in site.pages[0].document


def test_one_story_is_a_village(tmp_path: Path) -> None:
    site = made(tmp_path, {"stories/jing/story.md": STORY})
    assert [each.rule for each in site.problems] == ["brand-missing"]
    assert "stories/jing/" in {page.address for page in site.pages}


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({"site_src/index.md": "# 家\n"}, {"village-empty"}),
        ({"products/zheergen/batches.csv": "批号\n1\n"}, {"village-empty"}),
        ({"stories/people.yml": "人物: []\n"}, {"village-empty"}),
    ],
)
def test_nothing_to_show_is_no_village(
    files: dict[str, str], rules: set[str], tmp_path: Path
) -> None:
    site = made(tmp_path, files)
    assert site.fatal() and site.pages == ()
    assert rules <= {each.rule for each in site.problems}


def test_a_brand_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    files = {"products/brand.yml": "村: 立碑村\n", "products/zheergen/product.yml": PRODUCT}
    site = made(tmp_path, files)
    assert [each.rule for each in site.problems] == ["field-missing"]


def test_the_command_line_builds_it(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: 立碑村\nsite_url: https://example.cn/\n",
        "products/zheergen/product.yml": PRODUCT,
    }
    root = write(tmp_path / "v", files)
    done = run("xiangji", "build", "--out", "out", cwd=root)
    assert done.returncode == 0, done.stderr
    assert (root / "out/products/zheergen/index.html").is_file()
    assert here("xiangji", "check", "--strict", cwd=root).returncode == 1


NOT_LOADED = (
    "PIL",
    "typst",
    "fontTools",
    "pypdfium2",
    "zxingcpp",
    "pypinyin",
    "pygments",
    "yaml",
    "http",
    "ssl",
    "asyncio",
    "mkdocs",
    "xiangji.readers.media.audio",
    "xiangji.readers.media.captions",
    "xiangji.readers.site.site_html",
    "xiangji.paper.posters.poster",
    "importlib.metadata",
    "email",
    "subprocess",
    "difflib",
    "zipfile",
    "concurrent",
    "multiprocessing",
    "html.parser",
    "xiangji.kinds.deciding",
    "xiangji.kinds.learning",
)
NOT_LOADED_AGAIN = (*NOT_LOADED, "markdown", "zint")
"""After an edit of a batch, all texts and codes are those of the last build."""


def loaded_by_build(village: Path) -> set[str]:
    """The modules that a build of the village loads, and the packages that contain them."""
    program = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules));"
        "from xiangji.__main__ import main; sys.argv[1:] = ['build', '--host', 'none'];"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=village,
        env=environment(),
        capture_output=True,
        text=True,
    )
    loaded = done.stdout.split()
    assert "xiangji.pages.batches.sheets" in loaded, done.stderr
    return {each.partition(".")[0] for each in loaded} | set(loaded)


def test_a_small_build_loads_only_what_it_needs(tmp_path: Path) -> None:
    """Half of it is the loading of modules."""
    assert run("xiangji", "new", "cun", cwd=tmp_path).returncode == 0
    village = tmp_path / "cun"
    assert sorted(loaded_by_build(village).intersection(NOT_LOADED)) == []
    table = next(village.glob("products/*/batches.csv"))
    table.write_text(table.read_text("utf-8").replace("正常", "待检", 1), "utf-8")
    assert sorted(loaded_by_build(village).intersection(NOT_LOADED_AGAIN)) == []
