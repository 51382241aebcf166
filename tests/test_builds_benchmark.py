"""The benchmark of builds works, and a generator that makes too little does not pass for a fast one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_cases import CASES, TITLES, Size
from build_checks import Lacking, check_site
from peer_hugo import HugoCodes
from peers import Edit
from spending import Failed, spend
from village_facts import Village, last_day

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="what a process and its children took is asked of a Unix"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[HugoCodes, Village]:
    """A small village that Hugo has built, with a code for each batch."""
    folder = tmp_path_factory.mktemp("hugo")
    village = Size(24, 3, 2).write(folder / "source")
    peer = HugoCodes(folder / "peer")
    assert peer.install() is None
    peer.write(folder / "source", village)
    spend(peer.command, peer.folder)
    return peer, village


@pytest.fixture
def built(made: tuple[HugoCodes, Village], tmp_path: Path) -> tuple[HugoCodes, Village]:
    """A copy that a test may spoil."""
    peer = HugoCodes(Path(shutil.copytree(made[0].folder, tmp_path / "peer")))
    check_site(peer, made[1])
    return peer, made[1]


def test_the_command_measures_every_case_and_an_edit_under_each_server() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "builds.py"), "--quick"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    table = [re.split(r" *\| *", line)[1:-1] for line in done.stdout.splitlines() if "|" in line]
    rows = {tuple(cells[:2]): cells[2:] for cells in table}
    for peer in ("Xiangji", "Hugo", "Hugo, a code per batch"):
        for case in CASES:
            assert all(float(cell) > 0 for cell in rows[TITLES[case], peer]), (peer, case)
    for peer in ("Xiangji", "Hugo"):
        assert all(float(cell) > 0 for cell in rows["40", peer]), peer
    assert "xiangji check" in done.stdout


def test_a_missing_page_is_told(built: tuple[HugoCodes, Village]) -> None:
    peer, village = built
    shutil.rmtree(peer.out / "t" / "p0000" / "L00003")
    with pytest.raises(Lacking, match="23 batch pages instead of 24, such as t/p0000/L00003/"):
        check_site(peer, village)


def test_a_page_too_many_is_told(built: tuple[HugoCodes, Village]) -> None:
    peer, village = built
    shutil.copytree(peer.out / "stories" / "s0000", peer.out / "stories" / "another")
    with pytest.raises(Lacking, match="3 story pages instead of 2"):
        check_site(peer, village)


@pytest.mark.parametrize("said", ["质检员", "包装", "县城超市", "07:30", "合作社检", "12 个月"])
def test_a_fact_that_is_not_said_is_told(built: tuple[HugoCodes, Village], said: str) -> None:
    peer, village = built
    for page in peer.out.glob("t/*/*/index.html"):
        page.write_text(page.read_text("utf-8").replace(said, ""), "utf-8")
    with pytest.raises(Lacking, match="does not say"):
        check_site(peer, village)


def test_a_code_that_leads_elsewhere_is_told(built: tuple[HugoCodes, Village]) -> None:
    peer, village = built
    pictures = sorted(peer.out.glob("t/*/*/*.png"))
    contents = [each.read_bytes() for each in pictures]
    for picture, content in zip(pictures, [*contents[1:], contents[0]], strict=True):
        picture.write_bytes(content)
    with pytest.raises(Lacking, match=r"the code of t/p.* says https://bench\.example\.cn/t/"):
        check_site(peer, village)


def test_a_batch_without_code_is_told(built: tuple[HugoCodes, Village]) -> None:
    peer, village = built
    next(peer.out.glob("t/p0002/L00001/*.png")).unlink()
    with pytest.raises(Lacking, match="1 batches have no code"):
        check_site(peer, village)


def test_an_edit_that_changes_nothing_is_no_edit(tmp_path: Path) -> None:
    file = tmp_path / "batch.yml"
    file.write_text("数量: 100 袋\n", "utf-8")
    with pytest.raises(AssertionError, match="nothing changed"):
        Edit(file, "重量: .+", "重量: 1", "t/a/1/", "1").do()


def test_what_children_took_counts(tmp_path: Path) -> None:
    """Two children hold 60 MB each at the same time and work half a second of processor time."""
    child = (
        "import sys, time\nheld = bytearray(60_000_000)\n"
        "while time.process_time() < 0.5: pass\nprint(len(held), flush=True)\nsys.stdin.read()"
    )
    parent = (
        "import subprocess, sys, time\n"
        f"several = [subprocess.Popen([sys.executable, '-c', {child!r}], stdin=subprocess.PIPE,"
        " stdout=subprocess.PIPE) for _ in range(2)]\n"
        "for each in several: each.stdout.readline()\n"
        "time.sleep(1)\n"
        "for each in several: each.communicate()"
    )
    spent = spend([sys.executable, "-c", parent], tmp_path)
    assert spent.cpu >= 1
    assert spent.wall >= 1
    if sys.platform == "linux":
        assert spent.memory >= 120_000_000


def test_who_measures_does_not_count(tmp_path: Path) -> None:
    held = bytearray(os.urandom(1) * 150_000_000)
    assert spend([sys.executable, "-c", "pass"], tmp_path).memory < 100_000_000 < len(held)


def test_a_build_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such flour"):
        spend([sys.executable, "-c", "raise SystemExit('no such flour')"], tmp_path)


@pytest.mark.parametrize(
    ("made_on", "months", "last"),
    [
        ("2026-03-12", 12, "2027-03-11"),
        ("2026-10-01", 3, "2026-12-31"),
        ("2026-12-15", 1, "2027-01-14"),
    ],
)
def test_last_day_counts_the_day_of_making(made_on: str, months: int, last: str) -> None:
    assert last_day(made_on, months).isoformat() == last
