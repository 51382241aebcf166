"""A clerk's three workbooks, from the file to the pages: what is read, what is told, and what stays out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from built import Document, run
from clerk_books import NUMBERS, write_book, write_ledger, write_roster
from spoken import spoken

VILLAGE = Path(__file__).parent / "sites" / "clerk"


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Path(shutil.copytree(VILLAGE, tmp_path / "村"))


def checked(root: Path) -> list[tuple[str, str]]:
    done = run("xiangji", "check", "--format", "json", "--date", "2026-05-20", cwd=root)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return [(f"{each['path']}:{each['line']}", each["rule"]) for each in found]


def command(root: Path, *words: str, status: int = 0) -> str:
    done = spoken(*words, cwd=root, lang="zh")
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    return told


def page(root: Path, address: str) -> str:
    document = Document((root / "site" / address / "index.html").read_text("utf-8"))
    return " ".join(" ".join(each.pieces) for each in document.all("main"))


def test_the_ledger_of_all_products(village: Path) -> None:
    file = village / "products" / "batches.xlsx"
    write_ledger(file)
    told = checked(village)
    assert ("products/batches.xlsx:8", "rows-coloured") in told
    assert {rule for _, rule in told} == {"cell-merged", "rows-coloured"}
    write_ledger(file, mended=True)
    assert {rule for _, rule in checked(village)} == {"cell-merged"}
    command(village, "build", "--host", "none", "--date", "2026-05-20")
    assert "停售" in page(village, "t/larou/0314") and "包装漏气" in page(village, "t/larou/0314")
    assert "包装漏气" not in page(village, "t/larou/0312") and "20 袋" in page(
        village, "t/larou/0312"
    )
    assert "胀罐" in page(village, "t/laziji/0315") and "30 罐" in page(village, "t/laziji/0312")
    sheet = page(village, "t/larou/0312")
    assert "水分 12.1%（≤13%）" in sheet and "包装间（示例）" in sheet and "15:30" in sheet
    assert not (village / "site/t/laziji/0313").exists()


def test_the_book_of_one_product(village: Path) -> None:
    file = village / "老腊肉.xlsx"
    write_book(file)
    told = command(village, "import", "老腊肉.xlsx", "--product", "larou", "--write", status=1)
    assert "row-struck" in told and "cell-notes" in told
    assert not (village / "products/larou/batches.csv").exists()
    write_book(file, mended=True)
    told = command(village, "import", "老腊肉.xlsx", "--product", "larou", "--write")
    assert (
        "  第 1 行在表头上面，不读" in told and "是合计，不读" in told and "又是表头，不读" in told
    )
    lines = (village / "products/larou/batches.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["批号", "0402", "0506", "0513"]
    assert lines[1].split(",")[2] == "18 袋"
    command(village, "build", "--host", "none", "--date", "2026-05-20")
    assert "班长" in page(village, "t/larou/0506")


def test_the_roster_leaves_its_numbers_behind(village: Path, tmp_path: Path) -> None:
    roster = tmp_path / "花名册.xlsx"
    write_roster(roster)
    told = command(village, "import", str(roster), "--kind", "people", "--write")
    left = [line for line in told.splitlines() if "找得到人的" in line]
    assert len(left) == 5, "gender, identity, telephone, home and account: each is told"
    assert "2 行新的" in told
    command(village, "build", "--host", "none", "--date", "2026-05-20")
    for each in village.rglob("*"):
        if each.is_file():
            raw = each.read_bytes()
            assert not [number for number in NUMBERS if number.encode() in raw], each
            assert "三组 5 号".encode() not in raw and b"62170000" not in raw, each
            made = "site" in each.relative_to(village).parts
            assert not made or "吴小满".encode() not in raw, f"nobody agreed yet: {each}"
    names = [each.name for each in (village / "stories" / "people").iterdir()]
    assert sorted(names) == ["li-da-you-shi-li.yml", "wu-xiao-man-shi-li.yml"]
