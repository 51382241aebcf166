"""Payloads: the parts of a village that another process or computer needs to make a shard.

`SharedPayload` contains what all shards need and is sent once. `ShardPayload` contains what one shard needs. Both
contain records of the disclosed library only, so nothing private is sent.
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
    """What all shards of a build share: the village without its batches.

    Families are named only; their programs must be installed where the shards are made.
    """

    library: Library
    settings: Settings
    families: tuple[str, ...]


class ShardPayload(Struct, frozen=True):
    """One shard, and the records that only it needs.

    They are its batches and their inputs in the village's order, and the linked lots, certificates and label
    histories of its own batches.
    """

    shard: Shard
    batches: Mapping[str, Batch]
    kin: Mapping[str, LinkedLots]
    pledges: tuple[IssuedCertificate, ...]
    histories: Mapping[str, History]


class OtherFamilies(Exception):
    """The families in a payload are not those that are installed here."""


def kit_of(context: RenderContext) -> SharedPayload:
    """The shared payload of a build."""
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
    """The names of a build's families."""
    return tuple(family.name for family, _ in context.choice.families)


class ShardPayloads:
    """Makes the payloads of a build's shards."""

    def __init__(self, context: RenderContext) -> None:
        self._context = context
        self._place = {key: number for number, key in enumerate(context.library.batches)}

    def of(self, shard: Shard) -> ShardPayload:
        """What a shard needs besides the shared payload."""
        library, issued = self._context.library, self._context.issued
        if not shard.reads:
            return ShardPayload(shard, {}, {}, (), {})
        keys = set(shard.batches)
        for key in shard.batches:
            keys.update(each.key for each in library.links.inputs(key))
        ordered = sorted(keys, key=self._place.__getitem__)
        # A certificate gets its batch's present name, since the register of codes, which knows it, is not sent. The
        # order is reversed, because a render context lists the last in the register first.
        pledges = tuple(
            replace(row, batch=key)
            for key in shard.batches
            for row in reversed(issued.get(key, ()))
        )
        histories = {k: library.histories[k] for k in shard.batches if k in library.histories}
        batches = {key: library.batches[key] for key in ordered}
        kin = {key: library.kin_of(key) for key in shard.batches}
        return ShardPayload(shard, batches, kin, pledges, histories)


def open_kit(kit: SharedPayload) -> RenderContext:
    """The render context for the shards of a build.

    Raises `OtherFamilies` if the installed families differ from those in the payload.
    """
    choice, _ = choose(kit.settings)
    # The pictures were ordered when the shards were planned. Here only their addresses are needed.
    context = RenderContext(kit.library, kit.settings, choice, Pictures(Cache()))
    if names_of(context) != kit.families:
        raise OtherFamilies(", ".join(sorted({*kit.families} ^ {*names_of(context)})))
    return context


def make_part(context: RenderContext, part: ShardPayload) -> tuple[list[Artifact], list[str]]:
    """The files of a shard, with the same bytes as in the whole village, and the questions that were asked."""
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
