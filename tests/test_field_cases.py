"""Villages as people really leave them: each folder of `field_cases` laid over what `xiangji new` writes, and what is
right then. Each stands for a kind; the other members of it have tests beside the code that minds them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from built import Document, here

CASES = Path(__file__).parent / "field_cases"
STORY = "stories/first-story/index.html"

Laid = Callable[..., Path]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village that was just begun."""
    village = tmp_path_factory.mktemp("fresh") / "village"
    assert here("xiangji", "new", str(village), cwd=village.parent).returncode == 0
    return village


@pytest.fixture
def laid(fresh: Path, tmp_path: Path) -> Laid:
    """A village with a case laid over it, after something was `deleted`."""

    def lay(case: str, deleted: str = "") -> Path:
        root = tmp_path / "village"
        shutil.copytree(fresh, root)
        gone = root / (deleted or "nothing")
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink(missing_ok=True)
        shutil.copytree(CASES / case, root, dirs_exist_ok=True)
        return root

    return lay


TABLE = "products/first-product/batches.csv"


def told(root: Path) -> list[dict[str, Any]]:
    """What `check` says of a village."""
    done = here("xiangji", "check", "--format", "json", cwd=root)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    for each in found:
        each["message"], each["remedy"] = each["message"]["zh"], each["remedy"]["zh"]
    return found


def by_rule(root: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in told(root):
        found.setdefault(each["rule"], []).append(each)
    return found


def built(root: Path) -> Path:
    done = here("xiangji", "build", cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "site"


def test_a_cell_in_which_the_spreadsheet_failed_is_an_error(laid: Laid) -> None:
    root = laid("xlsx-error-cells", TABLE)
    found = by_rule(root)
    assert list(found) == ["cell-error"]
    said = {(each["line"], each["column"]): each["message"] for each in found["cell-error"]}
    assert "#REF!" in said[2, 4] and "数量" in said[2, 4] and "D2" in said[2, 4]
    assert "#N/A" in said[2, 5] and "状态" in said[2, 5] and "E2" in said[2, 5]
    assert all(each["severity"] == "error" for each in found["cell-error"])


def test_what_is_merged_holds_for_every_row_of_it(laid: Laid) -> None:
    root = laid("xlsx-merged-stop", TABLE)
    found = by_rule(root)
    assert list(found) == ["cell-merged"]
    sheet = (built(root) / "t/first-product/2026-05B/index.html").read_text("utf-8")
    assert "停售" in sheet and "封口不严（示例）" in sheet and "先不要吃" in sheet
    assert "2026 年 5 月 6 日" in sheet


def test_a_hidden_sheet_is_left_out_and_named(laid: Laid) -> None:
    root = laid("xlsx-hidden-sheet", TABLE)
    (problem,) = told(root)
    assert (problem["rule"], problem["severity"]) == ("sheet-hidden", "warning")
    assert "旧表" in problem["message"] and "取消隐藏" in problem["remedy"]
    assert (built(root) / "t/first-product/2026-05A/index.html").is_file()


def test_a_copy_of_a_cloud_drive_is_told(laid: Laid) -> None:
    root = laid("conflict-copies")
    left = [each["path"] for each in by_rule(root)["file-name"]]
    assert left == sorted(
        each.relative_to(CASES / "conflict-copies").as_posix()
        for each in (CASES / "conflict-copies").rglob("*")
        if each.is_file()
    )


def test_a_photo_beside_a_page_does_not_say_where_it_was_taken(laid: Laid) -> None:
    site = built(laid("hand-page-photo-gps"))
    pictures = [each for each in site.rglob("*") if each.suffix in (".jpg", ".webp", ".png")]
    assert site / "images/village.jpg" in pictures
    for each in pictures:
        with Image.open(each) as opened:
            assert not opened.getexif() and "exif" not in opened.info, each


def test_what_a_system_leaves_beside_pages_stops_nothing(laid: Laid) -> None:
    assert told(laid("apple-double")) == []


@pytest.mark.parametrize("name", [".hidden.md", ".obsidian/app.json", "a/.note.md"])
def test_what_is_told_of_something_hidden_is_told_as_long_as_it_is_there(
    name: str, laid: Laid
) -> None:
    """Answers are remembered: neither may an old one stand for a file that came, nor for one that is gone."""
    root = laid("apple-double")
    assert told(root) == told(root) == []
    file = root / "site_src" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# x\n", "utf-8")
    assert [each["rule"] for each in told(root)] == ["site-file"]
    file.unlink()
    if not any(file.parent.iterdir()):
        file.parent.rmdir()
    assert told(root) == []


def test_an_address_that_nobody_outside_can_open_is_not_printed(laid: Laid) -> None:
    root = laid("site-url-localhost")
    (problem,) = told(root)
    assert (problem["rule"], problem["severity"]) == ("site-url-closed", "warning")
    for command in (("labels", "--all", "--register"), ("labels", "--all"), ("cards",)):
        done = here("xiangji", *command, cwd=root)
        assert done.returncode == 1, command
        assert "paper-address" in done.stderr
        assert "不会断" not in done.stdout
    assert not (root / "products/codes.csv").exists()


def test_a_village_without_stories_has_no_links_to_them(laid: Laid) -> None:
    root = laid("nav-no-stories", "stories")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  - xiangji\n", "  - xiangji: {reading: [long]}\n")
    config.write_text(text, "utf-8")
    (root / "site_src/long").mkdir()
    (root / "site_src/long/index.md").write_text("# 长文\n", "utf-8")
    site = built(root)
    for page in site.rglob("*.html"):
        links = list(Document(page.read_text("utf-8")).links())
        assert not [each for each in links if "stories" in each], page


def test_text_from_right_to_left_says_so(laid: Laid) -> None:
    page = Document((built(laid("uyghur-paragraph")) / STORY).read_text("utf-8"))
    said = [
        (each.tag, each["dir"])
        for each in page.elements
        if each.tag in ("p", "h2", "li") and "لازا" in each.text
    ]
    assert said == [("h2", "rtl"), ("p", "rtl"), ("li", "rtl")]


def test_a_blank_that_does_not_break_is_a_blank(laid: Laid) -> None:
    assert told(laid("nbsp-variant")) == []


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_file_name_in_other_bytes_is_told_by_name(laid: Laid) -> None:
    root = laid("apple-double")
    name = "说明.md".encode("gbk")
    Path(os.fsdecode(os.fsencode(root / "site_src") + b"/" + name)).write_text("# 说明\n", "utf-8")
    (problem,) = told(root)
    assert (problem["rule"], problem["severity"]) == ("site-name", "error")
    assert "说明.md" in problem["message"] + problem["remedy"]


def test_a_workbook_under_another_ending_is_read_by_content(laid: Laid) -> None:
    root = laid("xlsx-named-xls")
    done = here("xiangji", "import", "台账.xls", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "2026-05A" in done.stdout


def test_one_blank_far_below_the_table_is_no_part_of_it(laid: Laid) -> None:
    root = laid("xlsx-last-row", TABLE)
    assert told(root) == []  # Whatever takes longer than twenty seconds is told as unreadable.
    assert (built(root) / "t/first-product/2026-05A/index.html").is_file()


def test_a_place_that_no_page_has_is_told_and_the_number_of_the_filing_is_everywhere(
    laid: Laid,
) -> None:
    """On pages of the host too, whose headings have ids that can be read."""
    root = laid("apple-double")
    brand = root / "products/brand.yml"
    brand.write_text("备案号: 黔ICP备00000001号\n" + brand.read_text("utf-8"), "utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("  - xiangji\n", "  - xiangji: {reading: [long]}\n"), "utf-8")
    page = root / "site_src/long/index.md"
    page.parent.mkdir()
    good, bad = "[好](#怎么晒) [家](../index.md)", "[坏](#没有) [远](../index.md#没有)"
    page.write_text(f"# 长文\n\n{good} {bad}\n\n## 怎么晒\n\n晒。\n", "utf-8")
    assert [each["rule"] for each in told(root)] == ["markdown-anchor"] * 2
    site = built(root)
    for file in site.rglob("*.html"):
        document = Document(file.read_text("utf-8"))
        if not document.meta("refresh"):
            assert "黔ICP备00000001号" in file.read_text("utf-8"), file
    document = Document((site / "long/index.html").read_text("utf-8"))
    assert "怎么晒" in [each["id"] for each in document.all("h2")]
