"""What is said to the public, piece by piece, with the place of every word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from xiangji.checks.wording.text_folding import read_aloud
from xiangji.model.fields import Nested, fields_of
from xiangji.model.location import Location, within
from xiangji.model.value_types import LINE, PROSE
from xiangji.model.vocabularies import Secrecy
from xiangji.records.brand import Brand
from xiangji.records.product import Product, Version
from xiangji.records.story import Account, Card, Story


class Passage(Struct, frozen=True):
    """A text in field `name` of a record. `body` marks Markdown, which starts a line of its own."""

    text: str
    record: Any
    name: str
    body: bool = False

    def place(self, offset: int) -> Location:
        """Where the character at `offset` stands."""
        origin = self.record.origin
        if self.body:
            start = Location(origin.path, self.record.body_line)
            return within(start, self.text, offset)
        place: Location = origin.within(self.name, self.text, offset)
        return place


def story_passages(story: Story) -> Iterator[Passage]:
    """What a story says in its own voice."""
    yield from _fields(story, "title", "subtitle", "picture_alt")
    for step in story.steps:
        if step.secrecy is Secrecy.PUBLIC:
            yield from _fields(step, "title", "note")
    if story.tellings:
        yield from _fields(story.tellings, "short", "medium", "long")
    yield Passage(read_aloud(story.body), story, "body", body=True)


def quoted_passages(cards: Iterable[Card], accounts: Iterable[Account]) -> Iterator[Passage]:
    """What others say in a story, as far as it is shown."""
    for card in cards:
        if card.secrecy is Secrecy.PUBLIC:
            yield from _fields(card, "title", "words")
        elif card.secrecy is Secrecy.OUTLINE:
            yield from _fields(card, "outline")
    for account in accounts:
        yield from _fields(account, "title", "text")


def product_passages(product: Product) -> Iterator[Passage]:
    """What a product's page says in praise and description of it."""
    yield from _fields(product, "name", "position", "intro", "usage")


def offer_passages(product: Product) -> Iterator[Passage]:
    """What else of a product stands in the shop: advertising reaches there too."""
    yield from _fields(
        product, "category", "picture_alt", "material", "storage", "season", "shipping_note"
    )
    # What was made earlier keeps the texts of its version.
    for version in product.earlier:
        yield from _fields(version, "name", "material", "storage")
    every: list[Product | Version] = [product, *product.earlier]
    for told in every:
        for each in told.ingredients:
            yield Passage(each, told, "ingredients")
        for variant in told.variants:
            yield from _fields(variant, "name")
    for channel in product.channels:
        yield from _fields(channel, "note")


def slogan_passages(brand: Brand) -> Iterator[Passage]:
    """The brand's one sentence."""
    yield from _fields(brand, "slogan")


def shop_passages(brand: Brand) -> Iterator[Passage]:
    """What the shop says of itself and of those who make its goods."""
    yield from _fields(brand, "slogan", "shop_name")
    for producer in brand.producers:
        yield from _fields(producer, "intro")


def kind_passages(record: Any) -> Iterator[Passage]:
    """Every text of a record of a further kind, and of the records inside it, that its fields do not exempt."""
    for row in fields_of(type(record)):
        if row.private or row.unchecked or row.name in _EVIDENCE:
            continue
        for each in row.values(record):
            if isinstance(row.item, Nested):
                yield from kind_passages(each)
            elif each and row.item in (LINE, PROSE):
                yield Passage(each, record, row.name)


_EVIDENCE = frozenset({"claims", "ordinary", "lint_allow"})
"""Fields that say what stands behind the others."""


def _fields(record: Any, *names: str) -> Iterator[Passage]:
    for name in names:
        if text := getattr(record, name):
            yield Passage(text, record, name)
