"""Whatever stops a build, the last good site stays whole and the next build succeeds."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from built import environment, run, tree, write
from xiangji.output.atomic_folder import BuildRunning, fresh_folder, workplace

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
    "products/cha/batches.csv": "批号\n" + "".join(f"C{n:03}\n" for n in range(40)),
}
BUILD = ("xiangji", "build", "--host", "none", "--date", "2026-05-01")
OTHER = {"products/cha/product.yml": "名称: 绿茶\n类型: 农产品\n"}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", FILES)


def built(village: Path) -> dict[str, bytes]:
    done = run(*BUILD, cwd=village)
    assert done.returncode == 0, done.stderr
    return tree(village / "site")


def beside(village: Path) -> list[str]:
    """What a build left behind next to the site."""
    return sorted(each.name for each in village.glob(".site*"))


def started(village: Path, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *BUILD],
        cwd=village,
        env=environment(None),
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,  # type: ignore[call-overload]
    )


def test_a_build_that_is_killed_leaves_one_whole_site(village: Path) -> None:
    old = built(village)
    begun = time.monotonic()
    write(village, OTHER)
    new = built(village)
    whole = time.monotonic() - begun
    assert old != new
    write(village, FILES)
    assert built(village) == old
    write(village, OTHER)
    for share in (0.4, 0.7, 0.8, 0.9, 1.0):
        child = started(village)
        try:
            child.communicate(timeout=whole * share)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
        assert tree(village / "site") in (old, new), f"killed after {share:.0%} of a build"
    assert built(village) == new
    assert beside(village) == []


def test_a_build_killed_while_it_writes(village: Path) -> None:
    """Not by the clock: as soon as the new folder is seen to fill."""
    old = built(village)
    write(village, OTHER)
    for _ in range(3):
        child = started(village)
        while child.poll() is None and not any(village.glob(".site.new.*/*")):
            time.sleep(0.001)
        child.kill()
        child.communicate()
        assert tree(village / "site") in (old, built_as(village, OTHER, old))
    assert built(village)["products/cha/index.html"] != old["products/cha/index.html"]
    assert beside(village) == []


def built_as(village: Path, files: dict[str, str], old: dict[str, bytes]) -> dict[str, bytes]:
    """What the village becomes with these files, built elsewhere."""
    done = run(*BUILD, "--out", "../elsewhere", cwd=village)
    assert done.returncode == 0, done.stderr
    return tree(village.parent / "elsewhere")


def test_two_builds_at_once_both_succeed(village: Path) -> None:
    old = built(village)
    both = [started(village), started(village)]
    for each in both:
        _, errors = each.communicate(timeout=120)
        assert each.returncode == 0, errors
    assert tree(village / "site") == old
    assert beside(village) == []


def test_a_full_disk_is_told_and_costs_nothing(village: Path) -> None:
    """No file may grow beyond four kilobytes, as if the disk ended there."""
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    old = built(village)
    write(village, OTHER)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    child = started(village, preexec_fn=full)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "写不进" in errors and "Traceback" not in errors
    assert tree(village / "site") == old and beside(village) == []
    assert built(village) != old


def test_a_place_that_cannot_be_written_is_told(village: Path) -> None:
    (village / "file").write_text("")
    done = run(*BUILD, "--out", "file/site", cwd=village)
    assert done.returncode == 1
    assert "写不进" in done.stderr and "Traceback" not in done.stderr


def test_what_a_killed_build_put_aside_comes_back(tmp_path: Path) -> None:
    """Where a system needs two renames, one may be killed between them."""
    out = tmp_path / "site"
    old, new = workplace(out, "old"), workplace(out, "new")
    write(tmp_path, {f"{old.name}/site/index.html": "good", f"{new.name}/index.html": "half"})
    with pytest.raises(RuntimeError), fresh_folder(out) as folder:
        (folder / "index.html").write_text("worse")
        raise RuntimeError
    assert tree(tmp_path) == {"site/index.html": b"good"}


def test_only_what_a_build_of_ours_left_is_tidied_away(tmp_path: Path) -> None:
    """Folders of such names that somebody else made, and links of the very names that we give."""
    out = tmp_path / "site"
    others = {".site.new.abc/mine": "1", ".site.old.abc/site/mine": "2", "elsewhere/site/mine": "3"}
    write(tmp_path, others)
    workplace(out, "old").symlink_to("elsewhere")
    workplace(out, "new").symlink_to("elsewhere")
    copied = workplace(tmp_path / "other", "new").name.replace(".other.", ".site.")
    write(tmp_path, {f"{copied}/mine": "4"})
    before = tree(tmp_path)
    with pytest.raises(RuntimeError), fresh_folder(out):
        raise RuntimeError
    assert tree(tmp_path) == before and f"{copied}/mine" in before


def test_the_slow_way_is_as_whole_as_the_quick_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another platform than ours cannot exchange two folders: the branch that it takes."""
    monkeypatch.setattr(sys, "platform", "other")
    for text in ("one", "two"):
        with fresh_folder(tmp_path / "site") as folder:
            (folder / "index.html").write_text(text)
        assert tree(tmp_path) == {"site/index.html": text.encode()}


@pytest.mark.parametrize("platform", [sys.platform, "other"])
def test_where_the_new_one_cannot_take_its_place_the_old_one_comes_back(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    write(tmp_path, {"site/index.html": "good"})
    with pytest.raises(OSError), fresh_folder(tmp_path / "site") as folder:
        shutil.rmtree(folder)
    assert tree(tmp_path) == {"site/index.html": b"good"}


def test_a_link_to_a_folder_stays_one_and_a_web_server_may_read_it(tmp_path: Path) -> None:
    write(tmp_path, {"disk/site/index.html": "old"})
    (tmp_path / "site").symlink_to(tmp_path / "disk/site")
    with fresh_folder(tmp_path / "site") as folder:
        (folder / "index.html").write_text("new")
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "disk") == {"site/index.html": b"new"}
    assert (tmp_path / "disk/site").stat().st_mode & 0o555 == 0o555


def test_builds_to_different_places_do_not_wait(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with fresh_folder(tmp_path / "site"), fresh_folder(tmp_path / name, patience=0.05):
            pass
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "site", "two"]


def test_the_second_waits_and_then_says_so(tmp_path: Path) -> None:
    with fresh_folder(tmp_path / "site") as first:
        (first / "index.html").write_text("first")
        with pytest.raises(BuildRunning), fresh_folder(tmp_path / "site", patience=0.05):
            pass
        assert first.is_dir(), "what the other is writing is not tidied away"
    done: list[str] = []

    def second() -> None:
        with fresh_folder(tmp_path / "site") as folder:
            (folder / "index.html").write_text("second")
            done.append("second")

    with fresh_folder(tmp_path / "site") as folder:
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.2)
        assert not done
        (folder / "index.html").write_text("third")
    waiting.join(timeout=30)
    assert tree(tmp_path) == {"site/index.html": b"second"}


def test_the_command_says_that_another_is_writing(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiangji.output.atomic_folder.PATIENCE", 0.05)
    from click.testing import CliRunner

    from xiangji.cli.main import commands

    with fresh_folder(village / "site"):
        words = ["build", "--host", "none", "--config", str(village / "mkdocs.yml")]
        done = CliRunner().invoke(commands("zh"), words)
    assert done.exit_code == 1
    assert "另一次生成正在写" in done.output
