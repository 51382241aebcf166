"""A second process that reads: the same village, and no harm done by whatever becomes of it."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from built import here, tree
from village import write_village
from xiangji.adapters import readers


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = tmp_path / "village"
    write_village(root, products=8, batches=80, makers=3, stories=2)
    return root


def build(village: Path, out: Path, *more: str) -> str:
    """What was said, without how long it took."""
    words = ("build", "--host", "none", "--date", "2026-11-22", "--out", out, *more)
    return re.sub(r"\d+\.\d", "0", here("xiangji", *words, cwd=village).stderr)


@pytest.fixture
def alone(village: Path, tmp_path: Path) -> dict[str, bytes]:
    """The site as one process reads it."""
    build(village, tmp_path / "alone")
    _forget(village)
    return tree(tmp_path / "alone")


def _forget(village: Path) -> None:
    (village / ".cache").rename(village.with_name(f"before{os.urandom(4).hex()}"))


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on two processes read; the folders that came from the other one."""
    if sys.platform != "linux":
        pytest.skip(
            "elsewhere one process reads all of a village, and there is no other to look at"
        )
    monkeypatch.setattr(readers, "_WORTH", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    taken: list[str] = []
    ordinary = readers._Ahead.read

    def read(self: readers._Ahead, folder: str) -> bytes | None:
        found = ordinary(self, folder)
        if found is not None:
            taken.append(folder)
        return found

    monkeypatch.setattr(readers._Ahead, "read", read)
    return taken


def test_the_site_is_the_same(
    village: Path, tmp_path: Path, alone: dict[str, bytes], ahead: list[str]
) -> None:
    build(village, tmp_path / "site")
    assert tree(tmp_path / "site") == alone
    assert ahead, "some of it came from the other process"


def test_what_is_wrong_is_told_the_same(village: Path, tmp_path: Path, ahead: list[str]) -> None:
    for number in (0, 3, 7):
        file = village / "products" / f"p000{number}" / "product.yml"
        file.write_text(file.read_text("utf-8") + "不认识: 1\n生产者: 没有这个人\n", "utf-8")
    two = build(village, tmp_path / "site")
    assert ahead
    _forget(village)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "_pays", lambda _: False)
        assert build(village, tmp_path / "site") == two
    assert two.count("p0007/product.yml") >= 2


@pytest.mark.parametrize("how", ["dies", "fails", "says nonsense"])
def test_if_it_fails_all_is_read_here(
    village: Path,
    tmp_path: Path,
    alone: dict[str, bytes],
    ahead: list[str],
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(self: readers._Ahead, folders: list[Path], root: Path, end: int) -> None:
        self._say(readers._THERE, 0)
        if how == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(end, b"\x80\x05nonsense" if how == "says nonsense" else b"")

    monkeypatch.setattr(readers._Ahead, "_run", run)
    build(village, tmp_path / "site")
    assert tree(tmp_path / "site") == alone
    assert not ahead


def test_nobody_is_left_behind(
    village: Path, tmp_path: Path, ahead: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[int] = []
    ordinary = readers._Ahead.__enter__

    def enter(self: readers._Ahead) -> readers._Ahead:
        others.append(self._child)
        return ordinary(self)

    monkeypatch.setattr(readers._Ahead, "__enter__", enter)
    build(village, tmp_path / "site")
    (other,) = others
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_a_small_village_is_read_by_one(village: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "_Ahead", lambda *_: pytest.fail("for so little"))
        build(village, tmp_path / "site")
