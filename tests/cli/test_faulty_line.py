"""A person at a terminal sees the faulty line; a log has none, and a private line is quoted nowhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built import environment, here, run, write
from signs import seen
from xiangji.cli.content.starter import write_starter
from xiangji.cli.text_table import ROOM, marked, width
from xiangji.model.location import Location
from xiangji.preview.notice import notice_of
from xiangji.preview.source_line import source_line
from xiangji.problems import problem

PRODUCT = "products/first-product/product.yml"
BATCHES = "products/first-product/batches.csv"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    write_starter(tmp_path / "village")
    return tmp_path / "village"


def at_a_terminal(*words: str, cwd: Path, **more: str) -> str:
    """What `xiangji …` shows where standard error is a terminal."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    env = environment({"CI": "", **more})
    command = [sys.executable, "-m", "xiangji", "--lang", "zh", *words]
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=theirs
    ) as going:
        os.close(theirs)
        pieces = []
        while piece := _piece(ours):
            pieces.append(piece)
        going.wait()
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has ended.
        return b""


def spoil(village: Path, name: str, before: str, after: str) -> None:
    file = village / name
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_line_stands_below_its_place(command: str, village: Path) -> None:
    spoil(village, PRODUCT, "类型: 加工食品", "类型: 加工食物")
    told = at_a_terminal(command, cwd=village)
    assert (
        f"{PRODUCT}:3:5: 错误 [value-choice]\n"
        "  3 | 类型: 加工食物\n"
        "    |       ^\n"
        "  “类型”里没有“加工食物”这个选项。\n"
    ) in told


def test_a_table_to_be_imported_is_quoted_wherever_it_lies(village: Path) -> None:
    table = "序号,批 号,生产日期\n1,2026-08A,2026-08-08\n2,12,2026-08-09\n"
    write(village.parent, {"台账.csv": table})
    told = at_a_terminal("import", "../台账.csv", cwd=village)
    assert "  3 | 2,12,2026-08-09\n    |   ^\n" in told


def test_a_log_has_no_lines(village: Path) -> None:
    spoil(village, PRODUCT, "类型: 加工食品", "类型: 加工食物")
    logged = run("xiangji", "check", cwd=village)
    assert "value-choice" in logged.stderr and " | " not in logged.stderr
    assert " | " not in at_a_terminal("check", cwd=village, CI="true")
    assert " | " not in here("xiangji", "check", "--format", "json", cwd=village).stdout


PRIVATE = {
    "stories/people.yml": ("人物:\n  - 编号: a\n    出生年: 一九\n    备注: 好\n", 3, 4),
    "stories/inside.yml": ("人物:\n  - {编号: a, 出生年: 一九}\n", 2, 1),
    "stories/block.yml": ("两个人:\n  - 甲\n  - 乙\n题目: 一\n", 3, 4),
    "products/p/product.yml": ("名称: 甲\n得率: 四成\n一句话: 乙\n", 2, 3),
    "products/codes.csv": ("编号,说明\n1,给村长的\n", 2, 0),
    "site_src/about.md": ("# 一\n\n打 139 1234 5678 找人\n\n好\n", 3, 5),
}


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_line_is_quoted_nowhere(name: str, tmp_path: Path) -> None:
    text, private, public = PRIVATE[name]
    write(tmp_path, {name: text})
    found = problem("value-number", Location(name, private, 3), value="?", field="?")
    assert source_line(found, tmp_path) is None
    assert "<code" not in notice_of([found], tmp_path)
    if public:
        beside = problem("value-number", Location(name, public), value="?", field="?")
        assert source_line(beside, tmp_path) is not None


def test_a_copy_of_something_private_is_not_quoted(tmp_path: Path) -> None:
    write(tmp_path, {"site_src/about.md": "王某某说的\n"})
    found = problem("private-leak", Location("site_src/about.md"), value="王某某")
    assert source_line(found, tmp_path) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("products/p/batches.csv", "批号,备注\n2026-01A,好\n".encode("gbk")),
        ("products/p/batches.csv", "\ufeff批号,备注\r\n2026-01A,好\r\n".encode()),
    ],
)
def test_tables_of_spreadsheets_are_quoted(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(content)
    line = source_line(problem("table-cell", Location(name, 2, 10)), tmp_path)
    assert line is not None and (line.number, line.before, line.behind) == (2, "2026-01A,", "好")


@pytest.mark.parametrize("name", ["none.yml", "picture.jpg", "folder.yml", "binary.yml"])
def test_what_is_no_text_is_not_quoted(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.yml").mkdir()
    (tmp_path / "picture.jpg").write_bytes(b"one\n")
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe\x00\n")
    assert source_line(problem("file-size", Location(name)), tmp_path) is None


@given(st.text(seen("L", "M", "N", "P", "S")), st.text(seen("L", "N", "P")))
def test_the_mark_stands_below_the_fault(before: str, behind: str) -> None:
    line, mark = marked(12, before, f"甲{behind}").split("\n")
    fault = line.rindex("甲", 0, len(line) - len(behind) if line.endswith(behind) else None)
    assert width(mark[:-1]) == width(line[:fault]) and mark.endswith("^")
    assert max(width(line), width(mark)) <= ROOM + len("  12 | ")


@pytest.mark.parametrize("before", ["", "a" * 300, "乙" * 300, "é" * 80])
def test_a_long_line_is_cut_around_the_fault(before: str) -> None:
    line, mark = marked(7, before, f"甲{'丙' * 200}").split("\n")
    assert width(line) <= ROOM + len("  7 | ")
    assert width(line[: line.index("甲")]) == width(mark[:-1])


def test_signs_that_move_the_cursor_are_not_written(tmp_path: Path) -> None:
    write(tmp_path, {"a.yml": "甲:\t\x1b[31m乙\u202e丙\n"})
    line = source_line(problem("yaml-character", Location("a.yml", 1, 4)), tmp_path)
    assert line is not None
    assert (line.before, line.behind) == ("甲: ", "\ufffd[31m乙\ufffd丙")


def test_the_page_of_mistakes_shows_a_fault_far_to_the_right(tmp_path: Path) -> None:
    write(tmp_path, {"a.yml": f"备注: {'长' * 500}错\n"})
    shown = notice_of([problem("value-choice", Location("a.yml", 1, 505))], tmp_path)
    assert re.search(r"<code[^>]*>…长+<mark>错</mark></code>", shown)
