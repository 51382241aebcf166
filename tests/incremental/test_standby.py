"""The site before the last one becomes the next: believed where it is as it was left, and else no more."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from built import environment, tree
from rebuilt import DAY, afresh, build, edit, made
from xiangji.output.atomic_folder import fresh_folder

BATCH = "products/p0001/batches/L00002.yml"
PAGE = "t/p0001/L00002/index.html"
OTHER = "t/p0000/L00001/index.html"
"""A page that an edit of `BATCH` changes, and one that it does not."""


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """One that was built twice, so that a spare lies ready."""
    root = made(tmp_path / "village")
    build(root)
    changed(root, "一号")
    return root


def changed(root: Path, word: str) -> None:
    """Another word on one sheet."""
    sold(root, word)
    build(root)


def sold(root: Path, word: str) -> None:
    file = root / BATCH
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(x for x in lines if "备注" not in x) + f"备注: {word}\n", "utf-8")


def spares(root: Path) -> list[Path]:
    return sorted((root / ".cache/xiangji").glob("*/places/*"))


def spare(root: Path) -> Path:
    (found,) = spares(root)
    return found


def identity(folder: Path) -> dict[str, tuple[int, int]]:
    """Which file on disk stands where below a folder, and the folder itself: number, and time of
    change, since a number is given again."""
    found = [folder, *folder.rglob("*")]
    return {
        each.relative_to(folder).as_posix(): (
            each.stat().st_ino,
            0 if each.is_dir() else each.stat().st_mtime_ns,
        )
        for each in found
    }


def test_two_folders_take_turns_and_what_stays_is_left_alone(village: Path) -> None:
    one, other = identity(village / "site"), identity(spare(village))
    changed(village, "二号")
    now = identity(village / "site")
    made_anew = {path for path in other if other[path] != now[path]}
    assert PAGE in made_anew and "." not in made_anew
    assert not [path for path in made_anew if "p0000/" in path or "p0002/" in path]
    assert identity(spare(village)) == one
    assert tree(village / "site") == afresh(village)


def test_what_the_live_site_has_is_linked_and_not_made(village: Path) -> None:
    """The spare is one edit behind: the sheet of another edit is in the live site alone."""
    edit(village, "products/p0000/batches.csv", "县城", "省城")
    build(village)
    live = identity(village / "site")
    changed(village, "二号")
    now = identity(village / "site")
    assert now[OTHER] == live[OTHER] and now[PAGE] != live[PAGE]
    assert now["feed.xml"] == live["feed.xml"], "nor a file of no shard that is as it was"
    assert tree(village / "site") == afresh(village)


def in_place(file: Path) -> None:
    """The same size, and other words in the same file on disk: whoever shares it has them too."""
    with file.open("r+b") as opened:
        opened.write(b"x")


def another(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(b"x" + content[1:])


def renamed(folder: Path) -> None:
    folder.rename(folder.with_name("L9"))


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "a page gone": lambda site: (site / OTHER).unlink(),
    "a page written into": lambda site: in_place(site / OTHER),
    "a page replaced": lambda site: another(site / OTHER),
    "a page that is going to change": lambda site: another(site / PAGE),
    "a list replaced": lambda site: another(site / "t/index.html"),
    "a file more": lambda site: (site / "t/p0001/more.html").write_text("x", "utf-8"),
    "a hidden file": lambda site: (site / "t/.more").write_text("x", "utf-8"),
    "an empty folder": lambda site: (site / "t/p0001/empty").mkdir(),
    "a folder gone": lambda site: shutil.rmtree(site / "t/p0000"),
    "a folder renamed": lambda site: renamed(site / "t/p0000/L00001"),
    "a folder instead": lambda site: ((site / OTHER).unlink(), (site / OTHER).mkdir()),
    "a link instead": lambda site: (
        (site / OTHER).unlink(),
        (site / OTHER).symlink_to(site / PAGE),
    ),
    "emptied": lambda site: [shutil.rmtree(each) for each in site.iterdir() if each.is_dir()],
    "gone": lambda site: shutil.rmtree(site),
    "a file in its place": lambda site: (shutil.rmtree(site), site.write_text("x", "utf-8")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_spare_that_was_touched_is_no_spare(village: Path, damage: str) -> None:
    DAMAGES[damage](spare(village))
    for word in ("二号", "三号"):
        changed(village, word)
        assert tree(village / "site") == afresh(village), word
        assert not [each for each in (village / "site").rglob("*") if each.name == "empty"]


@pytest.mark.parametrize("damage", [each for each in DAMAGES if each != "a file in its place"])
def test_a_live_site_that_was_touched_comes_out_whole_twice(village: Path, damage: str) -> None:
    """What is there becomes the spare, and the spare what is there: neither keeps the damage. Files of
    somebody else stay."""
    whole = tree(village / "site")
    DAMAGES[damage](village / "site")
    others = {p: each for p, each in tree(village / "site").items() if p not in whole}
    for word in ("二号", "三号"):
        changed(village, word)
        assert tree(village / "site") == afresh(village) | others, word


def test_both_were_touched_and_nothing_else_changed(village: Path) -> None:
    whole = tree(village / "site")
    for folder in (spare(village), village / "site"):
        another(folder / OTHER)
    build(village)
    assert tree(village / "site") == whole
    changed(village, "二号")
    assert tree(village / "site") == afresh(village)


def test_a_spare_of_an_older_program_is_no_spare(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr("xiangji.incremental.manifest._MANIFEST_VERSION", 0)
        changed(village, "二号")
        changed(village, "三号")
    changed(village, "四号")
    assert tree(village / "site") == afresh(village)


def test_a_spare_that_its_ledger_does_not_tell_of_is_no_spare(village: Path) -> None:
    """As when two builds end at once: files and what is said of them are held against each other."""
    older = spare(village)
    shutil.copytree(older, village / ".older", copy_function=os.link)
    changed(village, "二号")
    changed(village, "三号")
    shutil.rmtree(older)
    (village / ".older").rename(older)
    changed(village, "四号")
    assert tree(village / "site") == afresh(village)


def test_pages_that_go_leave_no_empty_folder(village: Path) -> None:
    (village / BATCH).unlink()
    for day in ("2026-11-22", "2026-11-23", "2026-11-22"):
        build(village, "site", "--date", day)
        found = list((village / "site").rglob("*"))
        assert not [each for each in found if "p0001/L00002" in each.as_posix()], day
        filled = {parent for each in found if each.is_file() for parent in each.parents}
        assert {each for each in found if each.is_dir()} <= filled
    assert tree(village / "site") == afresh(village)


def test_a_file_becomes_a_folder_and_again_a_file(village: Path) -> None:
    """In the spare, which is two builds behind."""
    thing = village / "site_src" / "thing"
    thing.parent.mkdir(exist_ok=True)
    for _ in range(2):
        thing.write_text("a file", "utf-8")
        build(village)
        assert tree(village / "site") == afresh(village)
        thing.unlink()
        changed(village, "没有文件")
        thing.mkdir()
        (thing / "more.txt").write_text("a folder", "utf-8")
        build(village)
        assert tree(village / "site") == afresh(village)
        shutil.rmtree(thing)
        changed(village, "没有文件夹")


def test_a_file_above_a_sheet_goes_and_the_sheet_is_there_again(village: Path) -> None:
    """What lies beside hand-written pages comes last, and is not written into what is shared."""
    above = village / "site_src" / OTHER
    above.parent.mkdir(parents=True)
    for _ in range(2):
        old, before = village / "old", tree(village / "site")
        shutil.copytree(village / "site", old, copy_function=os.link)
        above.write_text("my own", "utf-8")
        build(village)
        assert tree(village / "site") == afresh(village)
        assert (village / "site" / OTHER).read_text("utf-8") == "my own"
        assert tree(old) == before
        shutil.rmtree(old)
        changed(village, "上")
        assert tree(village / "site") == afresh(village)
        above.unlink()
        build(village)
        assert tree(village / "site") == afresh(village)


# --- whatever stops a build ------------------------------------------------------------------------


def started(root: Path) -> subprocess.Popen[bytes]:
    words = ["build", "--host", "none", "--date", DAY, "--config", "mkdocs.yml", "--quiet"]
    return subprocess.Popen(
        [sys.executable, "-m", "xiangji", *words], cwd=root, env=environment(None)
    )


def test_a_build_that_is_killed_while_it_changes_the_spare(village: Path) -> None:
    chance = random.Random(7)
    old = tree(village / "site")
    for number in range(5):
        sold(village, f"第{number}次")
        new = afresh(village)
        child = started(village)
        while child.poll() is None and spares(village):
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.05)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert tree(village / "site") in (old, new), number
        # Every second time the next one finds what the killed one left.
        if number % 2 or not spares(village):
            build(village)
            assert tree(village / "site") == new, number
        old = tree(village / "site")
    changed(village, "末")
    assert tree(village / "site") == afresh(village)
    assert not list(village.glob(".site*"))


def test_two_builds_at_once_share_one_spare(village: Path) -> None:
    for word in ("二号", "三号"):
        sold(village, word)
        for child in [started(village), started(village)]:
            assert child.wait(timeout=120) == 0
        assert tree(village / "site") == afresh(village), word
    assert len(spares(village)) == 1


def test_a_full_disk_costs_the_spare_and_nothing_else(village: Path) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    old = tree(village / "site")
    sold(village, "二号")

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    words = ["build", "--host", "none", "--date", DAY, "--config", "mkdocs.yml", "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "xiangji", *words],
        cwd=village,
        env=environment(None),
        preexec_fn=full,
        check=False,
    )
    assert done.returncode == 1 and tree(village / "site") == old
    assert spares(village) == [] and not list(village.glob(".site*"))
    for word in ("三号", "四号"):
        changed(village, word)
        assert tree(village / "site") == afresh(village)


# --- where it lies ---------------------------------------------------------------------------------


def test_a_village_has_one_spare_of_the_place_that_was_built_last(village: Path) -> None:
    for place in ("site", "other", "site", "other"):
        sold(village, f"{place}一")
        build(village, place)
        sold(village, f"{place}二")
        build(village, place)
        assert tree(village / place) == afresh(village)
        assert len(spares(village)) == 1
    shutil.rmtree(village / ".cache")
    changed(village, "末")
    assert tree(village / "site") == afresh(village)


def test_on_another_disk_there_is_none(village: Path) -> None:
    far = Path("/dev/shm")
    if not far.is_dir() or far.stat().st_dev == village.stat().st_dev:
        pytest.skip("macOS and Windows have no second disk that everybody may write to")
    shutil.rmtree(village / ".cache")
    target = far / f"xiangji-{os.getpid()}"
    try:
        for word in ("二号", "三号", "四号"):
            sold(village, word)
            build(village, "site", "--out", str(target / "site"))
            assert tree(target / "site") == afresh(village)
            assert spares(village) == []
        assert [each.name for each in target.iterdir()] == ["site"]
    finally:
        shutil.rmtree(target, ignore_errors=True)


def test_where_a_spare_cannot_lie_the_old_site_goes(tmp_path: Path) -> None:
    (tmp_path / "places").write_text("in the way", "utf-8")
    for text in ("one", "two", "three"):
        with fresh_folder(tmp_path / "site", spare=tmp_path / "places" / "spare") as folder:
            assert list(folder.iterdir()) == []
            (folder / "index.html").write_text(text)
        assert tree(tmp_path) == {"places": b"in the way", "site/index.html": text.encode()}


@pytest.mark.parametrize("platform", [sys.platform, "other"])
def test_the_slow_way_keeps_a_spare_too(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another platform than ours cannot exchange two folders: the branch that it takes."""
    monkeypatch.setattr(sys, "platform", platform)
    for text in ("one", "two", "three", "four"):
        with fresh_folder(tmp_path / "site", spare=tmp_path / "cache" / "spare") as folder:
            (folder / "index.html").unlink(missing_ok=True)
            (folder / "index.html").write_text(text)
    assert tree(tmp_path) == {"site/index.html": b"four", "cache/spare/index.html": b"three"}


def test_an_error_costs_the_spare_and_leaves_the_site(tmp_path: Path) -> None:
    for text in ("one", "two"):
        with fresh_folder(tmp_path / "site", spare=tmp_path / "spares" / "one") as folder:
            (folder / "index.html").unlink(missing_ok=True)
            (folder / "index.html").write_text(text)
    assert (tmp_path / "spares" / "one").is_dir()
    with (
        pytest.raises(RuntimeError),
        fresh_folder(tmp_path / "site", spare=tmp_path / "spares" / "one"),
    ):
        raise RuntimeError
    assert tree(tmp_path) == {"site/index.html": b"two"}
