"""The benchmark of builds works, and a generator that makes too little does not pass for a fast one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from build_cases import CASES, TITLES, Built, Size, unused
from build_checks import Lacking, check_site
from build_edits import Edited, Shown
from build_floors import Measured, floors
from build_growth import GROWING, Growing, Grown, grow
from peer_hugo import HugoAdapter, HugoCodes
from peer_xiangji import Xiangji, XiangjiBare
from peers import Edit, sheet_address
from spending import Failed, Spent, spend
from village_facts import Village, last_day, read_village
from xiangji.build import build
from xiangji.readers.config import read_settings

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


def measured(*words: str) -> tuple[str, dict[tuple[str, str], list[str]]]:
    """What a quick run prints, and the rows of its tables by their first two cells."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "builds.py"), "--quick", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    table = [re.split(r" *\| *", line)[1:-1] for line in done.stdout.splitlines() if "|" in line]
    return done.stdout, {(cells[0], cells[1]): cells[2:] for cells in table}


def test_the_command_measures_default_builds_edits_under_servers_and_other_commands() -> None:
    said, rows = measured("--peers", "xiangji", "hugo-codes", "--cases", "cold", "batch")
    for peer in ("Xiangji", "Hugo, a code per batch"):
        for case in ("cold", "batch"):
            assert all(float(cell) > 0 for cell in rows[TITLES[case], peer]), (peer, case)
        batch, batch_cpu, story, story_cpu, later = rows["20", peer]
        assert float(batch) > 0 and float(story) > 0
        if sys.platform == "linux":
            assert 0 < float(batch_cpu) <= float(later) and float(story_cpu) > 0
    for command in ("check", "--help", "serve"):
        assert re.search(rf"`xiangji {command}`.* \| [\d.]+ \| [\d.]+ \|", said), command


def test_the_command_measures_every_case() -> None:
    peers = ("--peers", "xiangji-bare", "hugo-codes", "hugo-adapter")
    _, rows = measured(*peers, "--no-edits")
    for peer in ("Xiangji, no host", "Hugo, a code per batch", "Hugo, a content adapter"):
        for case in CASES:
            assert all(float(cell) > 0 for cell in rows[TITLES[case], peer]), (peer, case)


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


@pytest.mark.parametrize("kind", ["quoted", "own"])
def test_a_village_that_is_not_plain_can_be_read_and_changed(tmp_path: Path, kind: str) -> None:
    village = Size(24, 3, 2, kind=kind).write(tmp_path / "source")
    peer = XiangjiBare(tmp_path / "peer")
    peer.folder.mkdir()
    peer.write(tmp_path / "source", village)
    spend(peer.command, peer.folder, peer.environment)
    check_site(peer, village)
    change = peer.edit_batch(village.products[1].batches[0], 1)
    change.do()
    read = read_village(peer.village).products[1].batches[0]
    assert read.quantity == change.shown == "1001 袋"


def test_quoted_means_every_value_and_the_same_village(tmp_path: Path) -> None:
    plain = Size(24, 3, 2).write(tmp_path / "plain")
    quoted = Size(24, 3, 2, kind="quoted").write(tmp_path / "quoted")
    assert [*quoted.batches] == [*plain.batches]
    assert quoted.stories == plain.stories
    for file in (tmp_path / "quoted").rglob("*.yml"):
        for line in file.read_text("utf-8").splitlines():
            assert line.endswith((":", '"')), (file.name, line)
    for file in (tmp_path / "quoted").rglob("batches.csv"):
        assert not re.search(r'(^|,)[^",]', file.read_text("utf-8"), re.M), file


def test_nothing_is_said_twice_by_two_batches(tmp_path: Path) -> None:
    village = Size(200, 4, 3, kind="own").write(tmp_path)
    said = [
        text
        for batch in village.batches
        for text in (batch.destination, batch.quantity, *(each.signed for each in batch.checks))
    ]
    said += [text for each in village.products for text in (each.name, each.line, each.storage)]
    said += [line for each in village.stories for line in each.text.splitlines() if "，" in line]
    assert len(said) == len(set(said))


def test_a_default_build_has_the_settings_of_a_new_village_and_names_no_host(
    tmp_path: Path,
) -> None:
    village = Size(20, 2, 1).write(tmp_path / "source")
    peer = Xiangji(tmp_path / "peer")
    peer.folder.mkdir()
    peer.write(tmp_path / "source", village)
    assert not {"--host", "--out"} & set(peer.command)
    given = (ROOT / "plugins" / "xiangji" / "starter" / "mkdocs.yml").read_text("utf-8")
    written = (peer.village / "mkdocs.yml").read_text("utf-8")
    different = set(given.splitlines()) ^ set(written.splitlines())
    assert all(line.startswith(("site_name", "site_url")) for line in different)
    assert village.url in written


def test_an_adapter_makes_the_same_pages_of_one_file(tmp_path: Path) -> None:
    village = Size(24, 3, 2).write(tmp_path / "source")
    peer = HugoAdapter(tmp_path / "peer")
    assert peer.install() is None
    peer.write(tmp_path / "source", village)
    assert not [*peer.folder.glob("content/t/*/L*.md")]
    spend(peer.command, peer.folder)
    check_site(peer, village)
    change = peer.edit_batch(village.products[1].batches[0], 1)
    change.do()
    spend(peer.command, peer.folder)
    assert change.shown in peer.page(sheet_address(village.products[1].batches[0]))


@pytest.mark.parametrize(("case", "kept"), [("first", True), ("unkept", False)])
def test_a_first_build_finds_nothing_compiled_and_leaves_it_where_it_may(
    tmp_path: Path, case: str, kept: bool
) -> None:
    spend([sys.executable, "-c", "import json"], tmp_path, unused(tmp_path, case))
    assert any((tmp_path / "bytecode").rglob("json/*.pyc")) is kept
    assert not unused(tmp_path, "cold")


def test_a_floor_is_a_ratio_of_the_default_build_with_the_others_beside_it() -> None:
    built = Built(Size(20, 2), [])
    for key, cpu in (("xiangji", 3.0), ("xiangji-bare", 1.5), ("hugo-codes", 1.0)):
        built.spent[key, "cold"] = [Spent(9.0, cpu, 9.0)]
    built.spent["hugo-adapter", "cold"] = [Spent(9.0, 0.5, 9.0)]
    edited = Edited("20")
    edited.shown["xiangji", "batch"] = [Shown(0.2, 0.1), Shown(0.2, 0.3)]
    edited.shown["hugo-codes", "batch"] = [Shown(0.4, 0.1)]
    found = [*floors(Measured({"20-plain": built}, {20: edited}))]
    cold = found[0]
    assert (cold.limit, cold.reached, cold.bare, cold.adapter) == (2.5, 3.0, 1.5, 6.0)
    assert cold.kept is False
    shown = [each for each in found if each.title.startswith("20 batches, from an edit")]
    assert [(each.reached, each.kept) for each in shown] == [(0.5, True), (2.0, False)]
    assert sum(each.kept is None for each in found) == len(found) - 3


@pytest.mark.parametrize("growing", GROWING, ids=lambda each: str(each.key))
def test_a_village_has_as_much_as_it_is_said_to_have(growing: Growing, tmp_path: Path) -> None:
    growing.write(tmp_path, 3)
    village = read_village(tmp_path)
    products = {"products": 3, "photos": 3}.get(growing.key, 2)
    assert len(village.products) == products
    assert len(village.stories) == (3 if growing.key == "stories" else 1)
    if growing.key == "photos":
        assert len({each.picture and each.picture.read_bytes() for each in village.products}) == 3
    if growing.key == "chain":
        table = (tmp_path / "products" / "p0000" / "batches.csv").read_text("utf-8")
        assert re.findall("p0000/L[0-9]+", table) == ["p0000/L00000", "p0000/L00001"]


def test_volunteers_and_courses_are_as_many_as_the_papers_tell(tmp_path: Path) -> None:
    services = next(each for each in GROWING if each.key == "services")
    services.write(tmp_path, services.many)
    settings, _ = read_settings(tmp_path / "mkdocs.yml", date(2026, 11, 22))
    site = build(settings)
    assert not site.problems, [each.message("en") for each in site.problems[:3]]
    assert site.context is not None
    shelves = site.context.library.shelves
    assert [len(shelves[name]) for name in ("services", "courses")] == [1_000, 40]
    assert sum(group.count for team in shelves["teams"].values() for group in team.counts) == 716


def test_what_grows_is_built_with_much_with_a_tenth_and_with_none(tmp_path: Path) -> None:
    chain = next(each for each in GROWING if each.key == "chain")
    found = grow([chain], 50, 1, tmp_path, lambda _: None, XiangjiBare)["chain"]
    assert not found.failed
    assert sorted(found.spent) == [0, 2, 20]


def test_what_all_share_does_not_hide_how_much_each_takes() -> None:
    grown = Grown(GROWING[0], (10, 100))
    for count, cpu in ((0, 2.0), (10, 3.0), (100, 22.0)):
        grown.spent[count] = [Spent(1.0, cpu, 1.0)]
    assert grown.ratio == pytest.approx(0.22 / 0.3)
    assert grown.steep == pytest.approx(2.0)
