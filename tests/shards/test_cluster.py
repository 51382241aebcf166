"""A village built by a real Dask cluster: the same bytes, whoever dies on the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from built import DAY, ROOT, differing, tree, with_path, write
from dask_cluster import Cluster, free_port, scheduling
from s3_server import new_bucket, serving
from village import write_village
from xiangji.build import Site, build
from xiangji.cli.main import commands
from xiangji.readers.config import read_settings
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact, Shard
from xiangji.shards import cluster as cluster_module
from xiangji.shards.cluster import open_cluster
from xiangji.shards.processes import write_shards
from xiangji.shards.remote import NotMade, ShardExecutor

PRODUCTS, BATCHES = 24, 312


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("village")
    write_village(root, products=PRODUCTS, batches=BATCHES, makers=3, stories=2)
    write(root, {"site_src/index.md": "# 测量村\n"})
    done = xiangji(root, "local")
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A village for what costs time by the file or by the build."""
    root = tmp_path / "village"
    write_village(root, products=4, batches=20, makers=2, stories=1)
    return write(root, {"site_src/index.md": "# 测量村\n"})


@pytest.fixture(scope="module")
def site(village: Path) -> Site:
    settings, found = read_settings(village / "mkdocs.yml", date.fromisoformat(DAY))
    return build(settings, found)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with scheduling(tmp_path_factory.mktemp("cluster")) as found:
        found.hire(2)
        yield found


def xiangji(root: Path, out: str, *words: str) -> Result:
    """Build the village in this process."""
    to = out if "://" in out else f"{root}/{out}"
    options = ["build", "--host", "none", "--date", DAY, "--config", f"{root}/mkdocs.yml"]
    return CliRunner().invoke(commands("zh"), [*options, "--out", to, *words])


def sheets(root: Path) -> dict[str, bytes]:
    """What the shards of a built site are."""
    return {path: each for path, each in tree(root / "local").items() if path.startswith("t/p")}


def test_a_cluster_makes_the_same_site(village: Path, cluster: Cluster) -> None:
    local = tree(village / "local")
    assert len(local) > 4 * BATCHES
    done = xiangji(village, "far", "--cluster", cluster.address)
    assert done.exit_code == 0, done.output
    assert differing(local, tree(village / "far")) == []


def test_what_a_cluster_made_goes_to_a_bucket(
    small: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xiangji(small, "local").exit_code == 0
    with serving() as buckets:
        bucket = new_bucket(buckets, "far")
        for name, value in bucket.environment.items():
            monkeypatch.setenv(name, value)
        done = xiangji(small, "s3://far", "--cluster", cluster.address)
        assert done.exit_code == 0, done.output
        there = {
            path: each for path, each in bucket.files().items() if not path.startswith(".xiangji/")
        }
    assert differing(tree(small / "local"), there) == []


def test_workers_that_die_cost_time(
    village: Path, site: Site, cluster: Cluster, tmp_path: Path
) -> None:
    """One while it has work to do; then the other as well, and somebody comes who never saw the kit."""
    told: list[int] = []

    def watch(_: str, done: int, __: int) -> None:
        told.append(done)
        if len(told) in (2, 5):
            cluster.kill(cluster.busy()[0])
        if len(told) == 5:
            assert not cluster.workers and done < BATCHES
            cluster.hire(1)

    with open_cluster(cluster.address) as team:
        count = write_shards(site, tmp_path, watch, team=team)
    assert count == 4 * BATCHES + PRODUCTS and told[-1] == BATCHES
    assert len(told) == 2 * PRODUCTS + 1, "sheets and codes of each product, and the begin"
    expected = {path: each for path, each in sheets(village).items() if path.count("/") > 2}
    assert tree(tmp_path).keys() == {each.uri for shard in site.shards for each in shard.files}
    assert {path: each for path, each in tree(tmp_path).items() if path in expected} == expected


def test_a_cluster_goes_on_from_the_last_build(small: Path, cluster: Cluster) -> None:
    """As a single computer does, whoever made that; and a single one from what a cluster made."""
    assert xiangji(small, "site").exit_code == 0
    file = small / "products/p0001/batches/L00000.yml"
    file.write_text(file.read_text("utf-8").replace("县城超市", "省城超市"), "utf-8")
    same = small / "site/t/p0002/L00000/index.html"
    before = same.stat().st_ino
    done = xiangji(small, "site", "--cluster", cluster.address)
    assert done.exit_code == 0, done.output
    assert same.stat().st_ino == before, "a sheet was made that nobody had to make"
    assert "没有变化" in xiangji(small, "site", "--cluster", "tcp://127.0.0.1:1").output
    assert xiangji(small, "afresh").exit_code == 0
    assert differing(tree(small / "site"), tree(small / "afresh")) == []


def test_who_is_not_there_is_told(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No scheduler; one for whom nobody works; one whose worker has another theme. The site stays."""
    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    old = tree(village / "local")
    before = village / "stories/s0000/story.md"
    text = before.read_text("utf-8")
    before.write_text(text.replace("第 0 个故事", "另一个故事"), "utf-8")
    try:
        refused(village, f"tcp://127.0.0.1:{free_port()}", "连不上")
        refused(village, "nowhere", "tcp://HOST:PORT")
        with scheduling(tmp_path) as idle:
            refused(village, idle.address, "没有一台电脑")
            shutil.copytree(ROOT / "theme", tmp_path / "theme")
            sheet = tmp_path / "theme/xiangji_theme/pages/sheet.html"
            sheet.write_text(sheet.read_text("utf-8") + "<!-- -->\n", "utf-8")
            idle.hire(1, {"PYTHONPATH": with_path(tmp_path / "theme")})
            monkeypatch.setattr(cluster_module, "PATIENCE", 10)
            assert "xiangji_theme: " in refused(village, idle.address, "不一样")
    finally:
        before.write_text(text, "utf-8")
    assert tree(village / "local") == old
    assert not list(village.glob(".local.new.*"))


def refused(village: Path, address: str, why: str) -> str:
    done = xiangji(village, "local", "--cluster", address)
    assert done.exit_code == 1, done.output
    assert why in done.output and "原来的没有动" in done.output and "Traceback" not in done.output
    assert "内容没有问题" not in done.output or "不一样" in done.output, "nobody has looked"
    return done.output


def test_any_executor_will_do(village: Path, site: Site, tmp_path: Path) -> None:
    """Threads share one program; processes that are started anew have nothing but what they are sent."""
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(1, get_context("spawn")) as others:
        for name, team in (
            ("threads", ShardExecutor(threads)),
            ("others", ShardExecutor(others, ahead=2)),
        ):
            folder = tmp_path / name
            folder.mkdir()
            assert write_shards(site, folder, team=team) == 4 * BATCHES + PRODUCTS
    made = tree(tmp_path / "threads")
    assert made == tree(tmp_path / "others")
    assert {path: each for path, each in tree(village / "local").items() if path in made} == made


def breaks(context: RenderContext, shard: Shard) -> Iterator[Artifact]:
    raise ZeroDivisionError("as a family of somebody's may")


def fewer(context: RenderContext, shard: Shard) -> Iterator[Artifact]:
    yield Artifact(shard.files[0].uri, b"", "")


@pytest.mark.parametrize(("make", "why"), [(breaks, "ZeroDivisionError"), (fewer, "other files")])
def test_a_shard_that_fails_is_told(site: Site, tmp_path: Path, make: object, why: str) -> None:
    at = [number for number, each in enumerate(site.shards) if each.key.startswith("trace/")][1]
    bad = replace(site.shards[at], make=make)  # type: ignore[arg-type]
    broken = replace(site, shards=(*site.shards[:at], bad))
    with ThreadPoolExecutor(1) as threads, pytest.raises(NotMade) as told:
        write_shards(broken, tmp_path, team=ShardExecutor(threads))
    assert told.value.word == "cluster-broke" and why in str(told.value.values["why"])


def test_a_scheduler_that_dies_is_told(
    site: Site, cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The last here, since it takes away what the others share."""

    def watch(_: str, done: int, __: int) -> None:
        if done:
            cluster.scheduler.kill()

    with pytest.raises(NotMade) as told, open_cluster(cluster.address) as team:
        write_shards(site, tmp_path, watch, team=replace(team, ahead=3))
    assert told.value.word == "cluster-broke" and told.value.values["why"]
    assert capfd.readouterr().err == ""
