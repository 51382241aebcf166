"""Sheets that are begun before the pages: nothing of it shows in the site, or in one that is not written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from built import here, tree
from village import write_village
from xiangji.adapters import folder, workers
from xiangji.adapters.folder import Writing
from xiangji.pages import trace
from xiangji.pages.lot_lists import lot_lists
from xiangji.pages.output import Shard
from xiangji.pages.press import Press
from xiangji.pages.sheets import Sheets
from xiangji.records.product import Product
from xiangji.site import Site


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = tmp_path / "village"
    write_village(root, products=3, batches=30, makers=2, stories=2)
    return root


def build(village: Path, out: Path) -> int:
    command = ("xiangji", "build", "--host", "none", "--date", "2026-11-22", "--out", out)
    return here(*command, cwd=village).returncode


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every build is worth several processes here; how many shards were begun ahead, build by build."""
    monkeypatch.setattr(workers, "_WORTH", 2)
    seen: list[int] = []
    ordinary = Writing.begin

    def begin(self: Writing, site: Site, reuse: object) -> None:
        ordinary(self, site, reuse)  # type: ignore[arg-type]
        assert not site.pages, "before any page"
        seen.append(len(site.shards))

    monkeypatch.setattr(folder.Writing, "begin", begin)
    return seen


def _spoil(village: Path) -> None:
    """A batch on sale that did not pass: nothing in the file alone is wrong."""
    batch = sorted(village.glob("products/*/batches/*.yml"))[0]
    batch.write_text(batch.read_text("utf-8").replace("结果: 合格", "结果: 不合格"), "utf-8")


def test_the_bytes_are_the_same(village: Path, tmp_path: Path, begun: list[int]) -> None:
    assert build(village, tmp_path / "ahead") == 0
    assert begun == [6], "sheets and lists of three products"
    (village / "products" / "p0000" / "product.yml").open("a", encoding="utf-8").write("\n")
    assert build(village, tmp_path / "ahead") == 0
    assert len(begun) == 1, "most of them are there already"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writing, "begin", lambda *_: None)
        assert build(village, tmp_path / "after") == 0
    assert tree(tmp_path / "ahead") == tree(tmp_path / "after")


def test_what_pages_find_stops_the_sheets_too(
    village: Path, tmp_path: Path, begun: list[int]
) -> None:
    assert build(village, tmp_path / "site") == 0
    before = tree(tmp_path / "site")
    note = village / "site_src" / "index.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text("# 村\n\n[不在](nowhere.md)\n", "utf-8")
    at_work = []
    ended = folder.Making.__exit__

    def end(self: folder.Making, *error: object) -> None:
        ended(self, *error)
        at_work.append(any(each.running() for each in self._running))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder.Making, "__exit__", end)
        assert build(village, tmp_path / "other") == 1
        assert build(village, tmp_path / "site") == 1
    assert at_work == [False], "and none goes on writing afterwards"
    assert len(begun) == 2, "that of the other place, in vain"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["site", "village"]
    assert tree(tmp_path / "site") == before
    note.unlink()
    assert build(village, tmp_path / "other") == 0
    assert tree(tmp_path / "other") == before


@pytest.mark.parametrize("faulty", [False, True])
def test_what_checks_find_stops_the_sheets_too(
    village: Path,
    tmp_path: Path,
    begun: list[int],
    faulty: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Even where what they find keeps a sheet from being made at all: then it is they who tell."""
    _spoil(village)
    if faulty:
        monkeypatch.setattr(Sheets, "of", lambda *_: 1 / 0)
    done = here(
        *("xiangji", "build", "--host", "none", "--date", "2026-11-22", "--out", tmp_path / "site"),
        cwd=village,
    )
    assert done.returncode == 1
    assert "[status-contradicts]" in done.stderr and "Traceback" not in done.stderr
    assert begun == [6]
    assert [each.name for each in tmp_path.iterdir()] == ["village"]


def test_a_fault_of_ours_is_not_hidden(
    village: Path, tmp_path: Path, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sheets, "of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(village, tmp_path / "site")
    assert begun == [6]
    assert [each.name for each in tmp_path.iterdir()] == ["village"]


@pytest.mark.parametrize("sound", [True, False])
def test_sheets_that_cannot_be_planned_yet_wait_for_the_checks(
    village: Path,
    tmp_path: Path,
    begun: list[int],
    sound: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What nobody has checked may be too odd to plan: checks tell why, or it is planned once more after them."""
    assert build(village, tmp_path / "before") == 0
    begun.clear()
    if not sound:
        _spoil(village)
    planned: list[str] = []

    def lists(press: Press, product: Product) -> Iterator[Shard]:
        planned.append(product.id)
        if len(planned) == 1:
            raise LookupError(product.id)
        yield from lot_lists(press, product)

    monkeypatch.setattr(trace, "lot_lists", lists)
    command = ("xiangji", "build", "--host", "none", "--date", "2026-11-22", "--out", "../after")
    done = here(*command, cwd=village)
    assert "Traceback" not in done.stderr
    assert len(planned) > 1, "the first time in vain"
    if sound:
        assert (done.returncode, begun) == (0, [6])
        assert tree(tmp_path / "after") == tree(tmp_path / "before")
    else:
        assert (done.returncode, begun) == (1, [])
        assert "[status-contradicts]" in done.stderr
        assert not (tmp_path / "after").exists()


def test_what_stops_it_before_the_pages_begins_nothing(
    village: Path, tmp_path: Path, begun: list[int]
) -> None:
    product = village / "products" / "p0000" / "product.yml"
    product.write_text(product.read_text("utf-8") + "不认识: 1\n", "utf-8")
    assert build(village, tmp_path / "site") == 1
    assert begun == []


def test_a_place_that_cannot_be_written_is_told_once(
    village: Path, tmp_path: Path, begun: list[int]
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = here("xiangji", "build", "--host", "none", "--out", tmp_path / "file/x", cwd=village)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("file") >= 1
