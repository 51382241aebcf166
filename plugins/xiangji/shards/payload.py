"""A part of a village, with which a shard is made where the rest of it is not.

What every shard is made of is a `SharedPayload`, sent once; what only one needs is a `ShardPayload`. Both hold the disclosed
library alone, so nothing private leaves the house by this door either.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from xiangji.cache import Cache
from xiangji.images.pictures import Pictures
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.lot_links import LinkedLots
from xiangji.pages.batches.shard_context import for_shards
from xiangji.records.batch import Batch
from xiangji.records.code import SavedRegister
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.history import History
from xiangji.render.context import RenderContext
from xiangji.render.families import choose
from xiangji.render.outputs import Artifact, Shard
from xiangji.settings import Settings


class SharedPayload(Struct, frozen=True):
    """What all shards of a build share: the village without its batches. Families are known by name;
    their programs are installed where the kit is opened."""

    library: Library
    settings: Settings
    families: tuple[str, ...]


class ShardPayload(Struct, frozen=True):
    """One shard, its batches and those that went into them in the village's order, what is told of the kin of
    its own, their certificates, and how their labels changed."""

    shard: Shard
    batches: Mapping[str, Batch]
    kin: Mapping[str, LinkedLots]
    pledges: tuple[IssuedCertificate, ...]
    histories: Mapping[str, History]


class OtherFamilies(Exception):
    """The families of a kit are not those that are installed here."""


def kit_of(context: RenderContext) -> SharedPayload:
    """The kit of a build."""
    library = replace(
        for_shards(context.library),
        batches=Batches(),
        histories={},
        codes=(),
        pledges=(),
        saved=SavedRegister(),
    )
    return SharedPayload(library, context.settings, names_of(context))


def names_of(context: RenderContext) -> tuple[str, ...]:
    """The families of a build by name."""
    return tuple(family.name for family, _ in context.choice.families)


class ShardPayloads:
    """The parts of a build's shards."""

    def __init__(self, context: RenderContext) -> None:
        self._press = context
        self._place = {key: number for number, key in enumerate(context.library.batches)}

    def of(self, shard: Shard) -> ShardPayload:
        """What a shard is made of beyond the kit."""
        library, issued = self._press.library, self._press.issued
        keys = set(shard.batches)
        for key in shard.batches:
            keys.update(each.key for each in library.links.inputs(key))
        ordered = sorted(keys, key=self._place.__getitem__)
        # Under the name that the batch has today, which the register tells and is not sent; a press puts
        # the last in the register first.
        pledges = tuple(
            replace(row, batch=key)
            for key in shard.batches
            for row in reversed(issued.get(key, ()))
        )
        histories = {k: library.histories[k] for k in shard.batches if k in library.histories}
        batches = {key: library.batches[key] for key in ordered}
        kin = {key: library.links.kin(key) for key in shard.batches}
        return ShardPayload(shard, batches, kin, pledges, histories)


def open_kit(kit: SharedPayload) -> RenderContext:
    """A press for the parts of a build. Raises `OtherFamilies`."""
    choice, _ = choose(kit.settings)
    # Pictures were ordered by whoever made the shards; here only their addresses are asked for.
    context = RenderContext(kit.library, kit.settings, choice, Pictures(Cache()))
    if names_of(context) != kit.families:
        raise OtherFamilies(", ".join(sorted({*kit.families} ^ {*names_of(context)})))
    return context


def make_part(context: RenderContext, part: ShardPayload) -> tuple[list[Artifact], list[str]]:
    """The files of a part's shard, byte for byte as the whole village gives them, and what was asked for them."""
    library = replace(
        context.library,
        batches=Batches(part.batches.values()),
        pledges=part.pledges,
        kin=part.kin,
        histories=part.histories,
    )
    asking = context.asking(library)
    with asking.asked.made() as own:
        files = list(part.shard.make(asking, part.shard))
    return files, asking.asked.all_of(own)
