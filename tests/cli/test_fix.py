"""`xiangji fix`: shows first, writes whole files, and checks again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from built import Built, differing, here, run, tree

PRODUCT = "products/first-product/product.yml"


@pytest.fixture
def village(starter: Built, tmp_path: Path) -> Path:
    """The starter village with a slip in a file, written on Windows."""
    root = shutil.copytree(starter.root, tmp_path / "village")
    file = root / PRODUCT
    text = file.read_text("utf-8").replace("类型: ", "类型：").replace("\n", "\r\n")
    assert "类型：" in text
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return root


def test_it_shows_and_does_not_write(village: Path) -> None:
    before = tree(village)
    done = here("xiangji", "fix", cwd=village)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{PRODUCT}:" in done.stdout
    assert "中文冒号改成英文冒号" in done.stdout
    assert "1 个文件，1 处。没有写。" in done.stdout
    assert differing(before, tree(village)) == []


def test_the_diff_names_the_line(village: Path) -> None:
    before = tree(village)
    done = here("xiangji", "--lang", "en", "fix", "--diff", cwd=village)
    assert done.returncode == 0
    assert f"--- a/{PRODUCT}" in done.stdout
    assert [line[0] for line in done.stdout.splitlines() if "类型" in line] == ["-", "+"]
    assert "Nothing was written" in done.stderr
    assert differing(before, tree(village)) == []


def test_it_writes_and_checks_again(village: Path) -> None:
    before = tree(village)
    assert here("xiangji", "check", cwd=village).returncode == 1
    done = run("xiangji", "fix", "--write", cwd=village)
    assert done.returncode == 0, done.stderr
    assert "内容没有问题" in done.stdout
    after = {name: raw for name, raw in tree(village).items() if not name.startswith(".cache")}
    changed = [name for name in differing(before, after) if not name.startswith(".cache")]
    assert changed == [PRODUCT]
    assert after[PRODUCT] == before[PRODUCT].replace("类型：".encode(), "类型: ".encode())
    again = here("xiangji", "fix", cwd=village)
    assert "没有要改的。" in again.stdout


def test_what_is_left_is_told(village: Path) -> None:
    file = village / PRODUCT
    file.write_bytes(file.read_bytes() + "心得: 没有这个字段\r\n".encode())
    done = run("xiangji", "fix", "--write", cwd=village)
    assert done.returncode == 1
    assert "field-unknown" in done.stderr


def test_a_file_in_another_encoding_is_left(village: Path) -> None:
    (village / PRODUCT).write_bytes("类型：农产品\n".encode("gb18030"))
    before = tree(village)
    done = here("xiangji", "fix", "--diff", cwd=village)
    assert done.returncode == 0
    assert differing(before, tree(village)) == []
