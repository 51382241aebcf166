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
from xiangji.build import Site, build
from xiangji.incremental.fingerprint import InputFingerprint
from xiangji.incremental.manifest import Signatures
from xiangji.readers.config import read_settings
from xiangji.render.dependencies import QuestionLog, asked_library
from xiangji.render.outputs import Shard
from xiangji.shards.processes import write_shards

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


def signature(site: Site, shard: Shard, questions: list[str]) -> str:
    return Signatures(site, InputFingerprint({}, "", "", "")).of(shard, questions)


def asked(site: Site, shard: Shard) -> list[str]:
    """What is asked for a shard."""
    assert [each.uri for each in site.made(shard)] == shard.uris
    return site.asked_for(shard)


def test_what_a_shard_was_given_decides_it(site: Site) -> None:
    """The batch that has a product's poster may stand in another shard, and so may what decides it."""
    first = site.shards[0]
    questions = asked(site, first)
    other = replace(first, given=("p0000/L00000",))
    assert signature(site, first, questions) == signature(site, first, questions) != ""
    assert signature(site, other, questions) != signature(site, first, questions)


def test_what_nobody_can_answer_is_never_the_same(site: Site) -> None:
    questions = asked(site, site.shards[0])
    assert signature(site, site.shards[0], [*questions, "field\0links"]) == ""
    assert signature(site, site.shards[0], [*questions, "somebody\0knows\0it"]) == ""
    assert signature(site, site.shards[0], [*questions, "press\0colour\0p0000/L0000"]) == ""


def test_what_a_shelf_knows_beside_its_entries_is_noted_too(site: Site) -> None:
    """A family of somebody else's may ask what ours do not: it gets an answer, and is made anew each time."""
    assert site.context is not None
    notes = QuestionLog()
    library = asked_library(site.context.library, notes)
    with notes.made() as own:
        assert library.batches.of("p0000") == site.context.library.batches.of("p0000") != ()
        assert not callable(library.brand) and len(library.products) == 6
        assert library.lots_of("p0000")
    told = notes.all_of(own)
    assert {"field\0brand", "keys\0products", "method\0lots_of\0p0000"} <= {*told}
    assert signature(site, site.shards[0], told) == ""
    told = [each for each in told if not each.startswith("shelf")]
    assert signature(site, site.shards[0], told) != ""


def test_every_question_has_an_answer_and_what_it_is_about_decides(site: Site) -> None:
    """Of each record that a shard asked for, another value is another shard."""
    assert site.context is not None
    library = site.context.library
    shard = next(each for each in site.shards if not each.near)
    questions = asked(site, shard)
    before = signature(site, shard, questions)
    assert before and f"entry\0batches\0{shard.batches[0]}" in questions
    product = shard.batches[0].partition("/")[0]
    changes = {
        "brand": replace(library.brand, name="别的"),
        "products": {**library.products, product: replace(library.products[product], name="别的")},
    }
    for name, value in changes.items():
        context = replace(site.context, library=replace(library, **{name: value}))
        assert signature(replace(site, context=context), shard, questions) != before, name


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
    first, context = site.shards[0], site.context
    assert context is not None

    questions = asked(site, first)

    def digest(shard: Shard, day: int, site: Site = site) -> str:
        settings = replace(site.settings, today=DAY.replace(day=day))
        return signature(replace(site, settings=settings), shard, questions)

    assert digest(first, 22) == digest(first, 23)
    untold = replace(first, day=None)
    assert digest(untold, 22) != digest(untold, 23)
    assert first.day and "x" not in first.day
    assert digest(replace(first, day=f"x{first.day[1:]}"), 22) != digest(first, 22)
