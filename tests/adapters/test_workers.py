"""Several processes make the same site as one, and none outlives the one that asked for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from built import environment, run, tree
from village import write_village
from xiangji.adapters.ledger import made_of
from xiangji.adapters.survey import Survey
from xiangji.adapters.workers import write_shards
from xiangji.site import Site, build
from xiangji.sources.config import read_settings

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("village")
    write_village(root, products=6, batches=700, makers=3, stories=2)
    return root


@pytest.fixture(scope="module")
def site(village: Path) -> Site:
    settings, found = read_settings(village / "mkdocs.yml", DAY)
    return build(replace(settings), found)


def test_the_bytes_do_not_depend_on_how_many_work(site: Site, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    made = []
    for processes in (1, 3):
        folder = tmp_path / str(processes)
        folder.mkdir()
        count = write_shards(site, folder, lambda *each: told.append(each), None, processes)
        made.append(tree(folder))
        assert count == len(made[-1]) == 4 * 700 + 6, "and a list for each product"
    assert made[0] == made[1]
    assert set(made[0]) == {each.uri for shard in site.shards for each in shard.files}
    assert told[0] == ("batches", 0, 700)
    assert told[-1] == ("batches", 700, 700)


@pytest.mark.parametrize("processes", [1, 3])
def test_what_cannot_be_written_is_told(site: Site, tmp_path: Path, processes: int) -> None:
    (tmp_path / "t").write_text("in the way", "utf-8")
    with pytest.raises(OSError):
        write_shards(site, tmp_path, processes=processes)


def test_what_a_shard_was_given_decides_it(site: Site) -> None:
    """The batch that has a product's poster may stand in another shard, and so may what decides it."""
    now, first = Survey({}, "", "", ""), site.shards[0]
    other = replace(site, shards=(replace(first, given=("p0000/L00000",)),))
    assert made_of(site, now)[first.key] != made_of(other, now)[first.key]


def at_work(out: Path) -> list[str]:
    """Processes whose command names this folder."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if os.fsencode(out) in each.read_bytes():
                found.append(each.parent.name)
    return found


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere one process makes all sheets, and none outlives it"
)
def test_no_process_outlives_a_killed_build(village: Path, tmp_path: Path) -> None:
    """What a killed build's helpers went on writing would stand in the way of the next."""
    command = [
        sys.executable,
        "-m",
        "xiangji",
        "build",
        "--host",
        "none",
        "--out",
        tmp_path / "site",
    ]
    running = subprocess.Popen(command, cwd=village, env=environment())
    while not list(tmp_path.glob(".site.new.*/t/*/*/code.png")):
        assert running.poll() is None, "it ended before it was killed"
        time.sleep(0.002)
    running.kill()
    running.wait()
    patience = time.monotonic() + 20
    while left := at_work(tmp_path / "site"):
        assert time.monotonic() < patience, left
        time.sleep(0.05)
    done = run("xiangji", "build", "--host", "none", "--out", tmp_path / "site", cwd=village)
    assert done.returncode == 0, done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["site"]
    assert sum(1 for _ in (tmp_path / "site").rglob("index.html")) > 1400


def test_the_day_counts_by_what_it_decides(site: Site) -> None:
    """A day alone makes no sheet anew, unless it is of a family that does not tell what it decides; an
    end of somebody's consent, or of a batch's life, does."""
    first, press = site.shards[0], site.press
    assert press is not None

    def digest(site: Site, day: str) -> str:
        return made_of(site, Survey({}, day, "", "", "the same"))[first.key]

    assert digest(site, "monday") == digest(site, "tuesday")
    untold = replace(site, shards=(replace(first, day=None),))
    assert digest(untold, "monday") != digest(untold, "tuesday")
    assert first.day and "x" not in first.day
    expired = replace(site, shards=(replace(first, day=f"x{first.day[1:]}"),))
    assert digest(expired, "monday") != digest(site, "monday")
    (key, person), *_ = press.library.people.items()
    people = {**press.library.people, key: replace(person, name="没有同意")}
    unnamed = replace(site, press=replace(press, library=replace(press.library, people=people)))
    assert digest(unnamed, "monday") != digest(site, "monday")
