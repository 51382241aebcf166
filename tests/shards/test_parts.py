"""A shard made from a part of the village is the shard made from all of it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from built import ROOT
from village import write_village
from xiangji.build import open_press
from xiangji.readers.config import read_settings
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Shard
from xiangji.shards.payload import (
    OtherFamilies,
    ShardPayload,
    ShardPayloads,
    SharedPayload,
    kit_of,
    make_part,
    open_kit,
)

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Opened:
    """A village with its shards, and nothing made."""

    context: RenderContext
    shards: tuple[Shard, ...]


def opened(root: Path) -> Opened:
    settings, found = read_settings(root / "mkdocs.yml", DAY)
    context, problems = open_press(settings, found)
    assert context is not None, problems
    families = [(family.shards, options) for family, options in context.choice.families]
    shards = (each for make, options in families if make for each in make(context, options))
    return Opened(context, tuple(shards))


@pytest.fixture(scope="module")
def demo() -> Opened:
    """The repository's own village: posters, certificates, digital labels with their history."""
    return opened(ROOT)


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Lots that went into each other in several steps; the poster of a product is decided by a recalled
    lot in another shard, and a certificate was given under a name that the batch has no longer."""
    root = tmp_path_factory.mktemp("linked")
    write_village(root, products=4, batches=640, makers=2, stories=2)
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8") + "plugins:\n  - xiangji:\n      posters:\n", "utf-8"
    )
    lots = sorted((made_on(file), file) for file in root.glob("products/*/batches/*.yml"))
    files = [file for _, file in lots]
    for number, file in enumerate(files):
        if number % 30:
            inputs = {files[number - 1]} if number % 3 else {files[number - 1], files[number - 2]}
            joined(file, *inputs)
    recalled = files[-18]
    text = recalled.read_text("utf-8")
    told = "状态: 召回\n原因: 油有问题\n怎么办: 退回来"
    recalled.write_text(text.replace("状态: 正常", told), "utf-8")
    return opened(root)


def made_on(file: Path) -> str:
    return next(each for each in file.read_text("utf-8").splitlines() if each[:4] == "生产日期")


def joined(file: Path, *lots: Path) -> None:
    keys = sorted(f"{each.parent.parent.name}/{each.stem}" for each in lots)
    text = "用料批次:\n" + "".join(f"  - {each}\n" for each in keys)
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def sent(context: RenderContext) -> RenderContext:
    """The press that opens the kit of another, after it went over a wire."""
    kit: SharedPayload = pickle.loads(pickle.dumps(kit_of(context)))
    return open_kit(kit)


@pytest.mark.parametrize("which", ["demo", "linked"])
def test_a_part_gives_the_same_bytes(which: str, request: pytest.FixtureRequest) -> None:
    site: Opened = request.getfixturevalue(which)
    assert len(site.shards) > 3
    context, parts = sent(site.context), ShardPayloads(site.context)
    for shard in site.shards:
        part: ShardPayload = pickle.loads(pickle.dumps(parts.of(shard)))
        whole = {each.uri: each.content for each in shard.make(site.context, shard)}
        files, asked = make_part(context, part)
        assert {each.uri: each.content for each in files} == whole and asked
        assert tuple(whole) == tuple(each.uri for each in shard.files)
    assert not context.problems


def test_the_villages_hold_what_could_go_wrong(demo: Opened, linked: Opened) -> None:
    """Otherwise the property above would hold for nothing."""
    assert demo.context.issued
    assert demo.context.library.histories
    library = linked.context.library
    near = [len(library.ancestors(key)) for key in library.batches]
    assert max(near) > 2, "no lot went into a lot that went into a third"
    far = [shard for shard in linked.shards if not shard.near]
    several = [shard for shard in far if len(ShardPayloads(linked.context).of(shard).batches) > 100]
    assert several, "no shard needs more than its own"
    postered = [shard for shard in far if {*shard.given} - {*shard.batches}]
    assert postered, "every poster's batch is in the only shard of its product"


def test_a_part_is_a_part(linked: Opened) -> None:
    """Nobody's batch travels for nothing, and no batch with the kit."""
    assert not kit_of(linked.context).library.batches
    first = next(each for each in linked.shards if each.key == "trace/p0002/1")
    assert tuple(ShardPayloads(linked.context).of(first).batches) == tuple(sorted(first.batches))


def test_other_families_are_refused(demo: Opened) -> None:
    kit = kit_of(demo.context)
    with pytest.raises(OtherFamilies, match="festivals"):
        open_kit(replace(kit, families=(*kit.families, "festivals")))
