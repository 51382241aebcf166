"""A part of a village, with which a shard is made where the rest of it is not.

What every shard is made of is a `Kit`, sent once; what only one needs is a `Part`. Both hold the disclosed
library alone, so nothing private leaves the house by this door either. At home too a shard is made without the
texts of stories (`shard_press`), so whoever writes on at one makes no sheet anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from xiangji.batches import Batches
from xiangji.cache import Cache
from xiangji.library import Library
from xiangji.links import Kin
from xiangji.pages.family import choose
from xiangji.pages.output import Artifact, Shard
from xiangji.pages.pictures import Pictures
from xiangji.pages.press import Press
from xiangji.records.batch import Batch
from xiangji.records.code import SavedRegister
from xiangji.records.history import History
from xiangji.records.pledge import IssuedPledge
from xiangji.records.story import Story
from xiangji.settings import Settings


class Kit(Struct, frozen=True):
    """What all shards of a build share: the village without its batches. Families are known by name;
    their programs are installed where the kit is opened."""

    library: Library
    settings: Settings
    families: tuple[str, ...]


class Part(Struct, frozen=True):
    """One shard, its batches and those that went into them in the village's order, what is told of the kin of
    its own, their certificates, and how their labels changed."""

    shard: Shard
    batches: Mapping[str, Batch]
    kin: Mapping[str, Kin]
    pledges: tuple[IssuedPledge, ...]
    histories: Mapping[str, History]


class OtherFamilies(Exception):
    """The families of a kit are not those that are installed here."""


def kit_of(press: Press) -> Kit:
    """The kit of a build."""
    library = replace(
        _for_shards(press.library),
        batches=Batches(),
        histories={},
        codes=(),
        pledges=(),
        saved=SavedRegister(),
    )
    return Kit(library, press.settings, names_of(press))


def names_of(press: Press) -> tuple[str, ...]:
    """The families of a build by name."""
    return tuple(family.name for family, _ in press.choice.families)


def _for_shards(library: Library) -> Library:
    return library.with_stories(without_texts(library.stories))


def without_texts(stories: Mapping[str, Story]) -> dict[str, Story]:
    """Stories as a shard knows them: all that was written about each, and not its text."""
    return {key: replace(each, body="", body_line=1) for key, each in stories.items()}


def shard_press(press: Press) -> Press:
    """The press that shards are made with."""
    return press.over(_for_shards(press.library))


class Parts:
    """The parts of a build's shards."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._place = {key: number for number, key in enumerate(press.library.batches)}

    def of(self, shard: Shard) -> Part:
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
        return Part(shard, batches, kin, pledges, histories)


def open_kit(kit: Kit) -> Press:
    """A press for the parts of a build. Raises `OtherFamilies`."""
    choice, _ = choose(kit.settings)
    # Pictures were ordered by whoever made the shards; here only their addresses are asked for.
    press = Press(kit.library, kit.settings, choice, Pictures(Cache()))
    if names_of(press) != kit.families:
        raise OtherFamilies(", ".join(sorted({*kit.families} ^ {*names_of(press)})))
    return press


def make_part(press: Press, part: Part) -> Iterator[Artifact]:
    """The files of a part's shard, byte for byte as the whole village gives them."""
    library = replace(
        press.library,
        batches=Batches(part.batches.values()),
        pledges=part.pledges,
        kin=part.kin,
        histories=part.histories,
    )
    return part.shard.make(press.over(library), part.shard)
