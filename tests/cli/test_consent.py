"""`xiangji consent report`: for the cooperative's eyes, in two forms and two languages."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from built import Built, here, run

PEOPLE = """\
人物:
  - 编号: jia
    姓名: =甲
    同意:
      - {用途: 姓名, 同意日期: 2026-01-05, 撤回日期: 2026-03-01}
  - {编号: yi, 姓名: 乙}
"""


@pytest.fixture
def village(starter: Built, tmp_path: Path) -> Path:
    """The starter village with two people of its own."""
    root = shutil.copytree(starter.root, tmp_path / "village")
    file = root / "stories" / "people.yml"
    text = file.read_text("utf-8")
    assert text.count("人物:\n") == 1
    file.write_text(text.replace("人物:\n", PEOPLE), "utf-8")
    return root


def test_the_report_is_read_aloud(village: Path) -> None:
    done = run("xiangji", "consent", "report", cwd=village)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "出现在网站上、纸上：",
        "名单里有，哪里都没有：",
        "已经收回",
        "没有印刷登记",
        "乙（yi",
    ):
        assert words in done.stdout
    done = here("xiangji", "--lang", "en", "consent", "report", cwd=village)
    assert "There is no register" in done.stdout


def test_the_table_is_harmless(village: Path) -> None:
    done = here("xiangji", "consent", "report", "--format", "csv", cwd=village)
    assert done.returncode == 0
    assert done.stdout.startswith("\ufeff")
    header, *rows = csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert header[:3] == ["情况", "编号", "姓名"]
    assert {len(row) for row in rows} == {len(header)}
    assert "'=甲" in {row[2] for row in rows}
    assert "=甲" not in {row[2] for row in rows}


def test_a_broken_village_is_told_first(village: Path) -> None:
    (village / "stories" / "people.yml").write_text("人物：\n", "utf-8")
    done = run("xiangji", "consent", "report", cwd=village)
    assert done.returncode == 1
    assert "yaml-colon" in done.stderr


def test_the_site_holds_nothing_of_it(village: Path) -> None:
    assert here("xiangji", "build", "--host", "none", cwd=village).returncode == 0
    for file in (village / "site").rglob("*"):
        assert not file.is_file() or "=甲".encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("biuld",), "没有“biuld”这个命令。是不是想写“build”？"),
        (("check", "--format", "xml"), "没有“xml”"),
        (("new",), "还要写上“文件夹”。"),
        (("check", "--nope"), "没有“--nope”这个选项"),
    ],
)
def test_wrong_use_is_told_in_chinese(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = here("xiangji", "--lang", "zh", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert not [word for word in ("Error", "Usage", "Try", "OPTIONS") if word in done.stderr]


def test_with_a_register_the_printed_runs_are_listed(village: Path) -> None:
    """Instead of the sentence that there is none."""
    file = village / "products" / "first-product" / "product.yml"
    file.write_text(file.read_text("utf-8") + "\n能工巧匠: [jia]\n", "utf-8")
    lots = village / "products" / "first-product" / "batches.csv"
    row = "2026-02B,2026-02-12,200 克瓶装,9 瓶,正常,合格 2026-02-12 班长,是\n"
    lots.write_text(lots.read_text("utf-8") + row, "utf-8", newline="\n")
    codes = village / "products" / "codes.csv"
    codes.write_text(
        "地址,印次,数量,印刷日期,材料\nt/first-product/2026-01A/,第 1 印,130 张,2026-01-10,标签\n"
        "products/first-product/,第 2 印,5 张,2026-01-11,海报\n",
        "utf-8",
    )
    done = run("xiangji", "consent", "report", cwd=village)
    assert done.returncode == 0, done.stderr
    assert "没有印刷登记" not in done.stdout
    run_of = "登记过：first-product/2026-01A，印次 第 1 印，数量 130 张，材料 标签，印于 2026-01-10"
    assert run_of in done.stdout
    assert "登记过：products/first-product/，印次 第 2 印" in done.stdout
    assert "登记里没有：first-product/2026-02B" in done.stdout
