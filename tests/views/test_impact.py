"""The page of what came of the work: each of its numbers is traced to rows of the demo's files, and it fits on one A4."""

from __future__ import annotations

import csv
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from built import Built, here, write
from xiangji.build import build
from xiangji.kinds.counted.indicator import Sphere
from xiangji.settings import Settings

TAG = re.compile(r"<[^>]+>")


def text_of(document: str) -> str:
    inside = document.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return unescape(TAG.sub(" ", re.sub(r"<(title|desc)\b.*?</\1>", " ", inside, flags=re.DOTALL)))


def table(root: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a kind of the demo, from its table and from its files, by the keys that people wrote."""
    rows: list[dict[str, Any]] = []
    folder = root / "village"
    if (folder / f"{name}.csv").is_file():
        rows += csv.DictReader((folder / f"{name}.csv").read_text("utf-8-sig").splitlines())
    if (folder / f"{name}.yml").is_file():
        rows += next(iter(yaml.safe_load((folder / f"{name}.yml").read_text("utf-8")).values()))
    for file in sorted((folder / name).glob("*.yml")):
        rows.append(yaml.safe_load(file.read_text("utf-8")))
    return rows


def year(row: dict[str, Any], key: str) -> str:
    return str(row.get(key) or "")[:4]


def counted_by_hand(root: Path) -> dict[str, str]:
    """The numbers of the demo's computed indicators for 2026, from its files without our own program."""
    services = [each for each in table(root, "services") if year(each, "哪天") == "2026"]
    persons = [int(each["帮到几人"]) for each in services if each.get("帮到几人")]
    sessions = [s for course in table(root, "courses") for s in course.get("课次", ())]
    learners = [s["来了几人"] for s in sessions if year(s, "哪天") == "2026" and "来了几人" in s]
    settled = [c for c in table(root, "complaints") if year(c, "说好") == "2026"]
    lots = 0
    for file in (root / "products").glob("*/batches.csv"):
        for row in csv.DictReader(file.read_text("utf-8-sig").splitlines()):
            day = next(
                (row[key] for key in ("生产日期", "采收日期", "出栏日期", "日期") if row.get(key)),
                "",
            )
            lots += "2026" in day
    for file in (root / "products").glob("*/batches/*.yml"):
        lots += bool(
            re.search(r"^(生产|采收|出栏)日期: *2026", file.read_text("utf-8"), re.MULTILINE)
        )
    heads = [file.read_text("utf-8") for file in (root / "stories").glob("*/story.md")]
    return {
        "bangdao": f"{sum(each for each in persons if each >= 5)} 人次",
        "shangke": f"{sum(each for each in learners if each >= 5)} 人次",
        "tousu": f"{len([each for each in settled if each['公开范围'] == '公开'])} 件",
        "pici": f"{lots} 批",
        "gushi": f"{sum(bool(re.search(r'^(日期|date): *2026', each, re.MULTILINE)) for each in heads)} 篇",
    }


def rows_of(document: str) -> dict[str, str]:
    """The text of the line of each indicator in the tables, by its id."""
    found = re.findall(
        r'<tr><th scope="row"><a[^>]*indicators/([^/]+)/".*?</tr>', document, re.DOTALL
    )
    lines = re.findall(r'<tr><th scope="row">.*?</tr>', document, re.DOTALL)
    return dict(zip(found, (unescape(TAG.sub(" ", each)) for each in lines), strict=True))


def test_every_counted_number_is_that_of_the_files(demo: Built) -> None:
    lines = rows_of((demo.site / "impact/index.html").read_text("utf-8"))
    for key, number in counted_by_hand(demo.root).items():
        assert number in lines[key], (key, number, lines[key])


def test_every_printed_number_has_its_row(demo: Built) -> None:
    """All numbers of the page are counted, typed in the file of indicators, years, days, or numbers of indicators."""
    document = text_of((demo.site / "impact/index.html").read_text("utf-8"))
    source = (demo.root / "village/indicators.yml").read_text("utf-8")
    indicators = table(demo.root, "indicators")
    known = set(re.findall(r"\d+(?:\.\d+)?", source)) | set(
        re.findall(r"\d+", " ".join(counted_by_hand(demo.root).values()))
    )
    known |= {
        str(count) for count in range(len(indicators) + 1)
    }  # How many indicators there are of a class.
    known |= {part.lstrip("0") for part in re.findall(r"\d+", source)}
    first = [each for each in table(demo.root, "services") if year(each, "哪天") == "2025"]
    known |= {str(sum(int(each["帮到几人"]) for each in first))}
    known |= {part.lstrip("0") for part in DAY.split("-")}
    assert set(re.findall(r"\d+(?:\.\d+)?", document)) <= known


DAY = "2026-11-22"


def test_a_number_that_could_be_subtracted_is_not_on_the_page(demo: Built) -> None:
    for address in (
        "impact/index.html",
        "impact/e/index.html",
        "indicators/gonghuo-laoren/index.html",
    ):
        document = text_of((demo.site / address).read_text("utf-8"))
        assert "不写出来" in document and not re.search(r"\b23\b", document)


def test_all_four_classes_stand_there_if_only_as_not_measured(tmp_path: Path) -> None:
    sales = "- {编号: a, 名称: 卖了多少, 类别: 经济, 单位: 元, 怎么数: 翻账, 数值: [{哪年: 2026, 数: 900, 谁数的: 会计}]}\n"
    files = {"products/brand.yml": "名称: 山上人家\n", "village/indicators.yml": sales}
    site = build(Settings(write(tmp_path, files), date(2026, 11, 22)))
    (page,) = (each for each in site.pages if each.address == "impact/")
    told = text_of(page.document)
    assert "社会：未测；环境：未测；文化：未测。" in told
    for sphere in Sphere:
        assert re.search(rf'<h2 id="{sphere.key}">{sphere}</h2>', page.document)
    assert told.count("未测") >= 3 * 3


@pytest.fixture(scope="module")
def paper(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> pypdfium2.PdfDocument:
    out = tmp_path_factory.mktemp("impact")
    done = here("xiangji", "impact", "-o", str(out), cwd=demo.root)
    assert done.returncode == 0, done.stderr
    return pypdfium2.PdfDocument(out / "impact.pdf")


def test_one_sheet_of_paper_says_the_same(demo: Built, paper: pypdfium2.PdfDocument) -> None:
    assert len(paper) == 1
    told = re.sub(r"\s", "", paper[0].get_textpage().get_text_bounded())
    for number in counted_by_hand(demo.root).values():
        assert number.replace(" ", "") in told
    assert "未测" in told and "不写出来" in told and "23户" not in told
    assert "钱要等年底" not in told  # Nobody was asked about paper.


def test_a_hundred_indicators_fit_on_one_sheet_which_says_how_many_are_left(tmp_path: Path) -> None:
    root = tmp_path / "village"
    assert here("xiangji", "new", str(root), cwd=tmp_path).returncode == 0
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("example.cn", "cun.cn"), "utf-8")
    one = "- {{编号: a{0}, 名称: 第{0}样（示例）, 类别: {1}, 单位: 只, 怎么数: 数, 数值: [{{哪年: 2026, 数: {0}, 谁数的: 会计}}], 示例: 是}}\n"
    words = [str(each) for each in Sphere]
    text = "".join(one.format(at, words[at % 4]) for at in range(100))
    write(root, {"village/indicators.yml": text})
    done = here("xiangji", "impact", cwd=root)
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(root / "print/impact/impact.pdf")
    told = re.sub(r"\s", "", document[0].get_textpage().get_text_bounded())
    assert len(document) == 1
    shown = len(re.findall(r"第\d+样（示例）", told))
    left = sum(map(int, re.findall(r"另有(\d+)样，在网页上", told)))
    assert left > 50 and shown >= 100 - left


def test_without_indicators_there_is_no_page_and_no_paper(tmp_path: Path) -> None:
    root = tmp_path / "village"
    assert here("xiangji", "new", str(root), cwd=tmp_path).returncode == 0
    done = here("xiangji", "impact", cwd=root)
    assert done.returncode == 2 and "village/indicators.yml" in done.stderr
