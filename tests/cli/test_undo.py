"""`--undo` of `fix` and `import`; `new`; registers: what a command may write, as a person runs it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from built import tree, write
from spoken import spoken
from xiangji.cli.content.starter import write_starter
from xiangji.editing import undo

PRODUCT = "products/first-product/product.yml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def village(home: Path, tmp_path: Path) -> Path:
    root = tmp_path / "village"
    write_starter(root)
    return root


def slipped(village: Path) -> dict[str, bytes]:
    file = village / PRODUCT
    file.write_text(file.read_text("utf-8").replace("类型: ", "类型：", 1), "utf-8")
    return content(village)


def content(village: Path) -> dict[str, bytes]:
    return {path: each for path, each in tree(village).items() if not path.startswith(".cache")}


def said(village: Path, *words: str, status: int = 0) -> str:
    done = spoken(*words, cwd=village)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_fix_is_taken_back_once(village: Path) -> None:
    before = slipped(village)
    said(village, "fix", "--write")
    assert content(village) != before
    assert f"{PRODUCT}：变回写以前的样子" in said(village, "fix", "--undo")
    assert content(village) == before
    assert "没有可以撤回的" in said(village, "fix", "--undo")
    assert "没有可以撤回的" in said(village, "import", "--undo")
    assert "单独用" in said(village, "fix", "--undo", "--write", status=2)


def test_what_was_changed_since_is_left_alone(village: Path) -> None:
    slipped(village)
    said(village, "fix", "--write")
    file = village / PRODUCT
    file.write_text(file.read_text("utf-8") + "# 后来写的\n", "utf-8")
    before = content(village)
    assert "没有动" in said(village, "fix", "--undo", status=1)
    assert content(village) == before


@pytest.mark.parametrize("changed", [False, True])
def test_an_import_is_taken_back(changed: bool, village: Path) -> None:
    """A file that was new then goes, if nobody wrote in it since."""
    before = content(village)
    write(village.parent, {"t.csv": "批号,生产日期\nN-1,2026-03-01\n"})
    said(village, "import", "../t.csv", "--write")
    (new,) = {*content(village)} - {*before} or {"products/first-product/batches.csv"}
    if changed:
        (village / new).write_bytes((village / new).read_bytes() + "# 后来写的\n".encode())
        edited = content(village)
        assert "没有动" in said(village, "import", "--undo", status=1)
        assert content(village) == edited
    else:
        said(village, "import", "--undo")
        assert content(village) == before


def test_without_a_place_to_keep_it_nothing_is_written(village: Path, home: Path) -> None:
    before = slipped(village)
    home.write_text("no folder")
    assert "什么也没有写" in said(village, "fix", "--write", status=1)
    assert content(village) == before


@pytest.mark.parametrize(
    "path", ["../theirs.txt", ".git/config", "README.md", "products/../mkdocs.yml"]
)
def test_a_record_leads_to_content_alone(path: str, village: Path) -> None:
    """Even one that carries this user's digest."""
    write(village, {"../theirs.txt": "x", ".git/config": "x", "README.md": "x"})
    edit = undo.Edited(b"poison", undo._digest((village / path).read_bytes()))
    before = tree(village.parent)
    assert undo._taken_back(village, "site_src", path, edit) == "refused"
    assert tree(village.parent) == before


def test_a_record_in_the_village_is_not_looked_at(village: Path, home: Path) -> None:
    """Where a stranger could have laid it."""
    slipped(village)
    said(village, "fix", "--write")
    assert not list(village.rglob("*undo*")) and any(home.rglob("undo"))


@pytest.mark.parametrize("how", ["linked", "closed"])
def test_a_table_that_must_not_be_written_is_told(how: str, village: Path) -> None:
    table = village / "products/first-product/batches.csv"
    table.unlink()
    text = "批号,生产日期\nN-0,2026-03-01\n"
    if how == "linked":
        write(village.parent, {"theirs.csv": text})
        table.symlink_to(village.parent / "theirs.csv")
    else:
        table.write_text(text, "utf-8")
        table.chmod(0o444)
    write(village.parent, {"t.csv": "批号,生产日期\nN-1,2026-03-01\n"})
    before = tree(village.parent)
    told = said(village, "import", "../t.csv", "--write", status=1)
    assert "Traceback" not in told
    assert {
        p: c for p, c in tree(village.parent).items() if ".cache" not in p and "state" not in p
    } == before


# --- new -----------------------------------------------------------------------------------------


def new(folder: Path, status: int = 0) -> str:
    return said(folder.parent, "new", folder.name, status=status)


def test_new_goes_into_an_empty_folder_or_one_with_junk(tmp_path: Path) -> None:
    write(tmp_path / "v", {".DS_Store": "x", "Thumbs.db": "x"})
    new(tmp_path / "v")
    assert tree(tmp_path / "v")[".DS_Store"] == b"x" and (tmp_path / "v/mkdocs.yml").is_file()


@pytest.mark.parametrize("what", ["full", "file", "link-full", "link-nothing", "link-file"])
def test_new_replaces_nothing(what: str, tmp_path: Path) -> None:
    write(tmp_path, {"theirs/a.txt": "theirs", "file": "theirs"})
    folder = {"full": tmp_path / "theirs", "file": tmp_path / "file"}.get(what, tmp_path / "link")
    if what.startswith("link"):
        leads = {"link-full": "theirs", "link-nothing": "none", "link-file": "file"}
        folder.symlink_to(leads[what])
    before = tree(tmp_path)
    assert "什么也没有盖掉" in new(folder, status=2)
    assert tree(tmp_path) == before and not (tmp_path / "none").exists()


def test_new_follows_a_link_to_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    new(tmp_path / "link")
    assert (tmp_path / "empty/mkdocs.yml").is_file() and (tmp_path / "link").is_symlink()


def test_of_several_new_at_a_time_one_writes(tmp_path: Path) -> None:
    """All have seen the empty folder before the first of them writes."""
    barrier, ends = threading.Barrier(8), []

    def one() -> None:
        barrier.wait()
        try:
            write_starter(tmp_path / "v")
            ends.append("made")
        except FileExistsError:
            ends.append("refused")

    together = [threading.Thread(target=one) for _ in range(8)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert sorted(ends) == ["made", *["refused"] * 7]
    write_starter(tmp_path / "other")
    assert tree(tmp_path / "v") == tree(tmp_path / "other")
