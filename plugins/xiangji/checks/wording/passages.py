"""Lists the texts of records that are published (passages), with the location of each character."""

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
    """The text of the field `name` of a record. `body` is true for the Markdown body below the front matter."""

    text: str
    record: Any
    name: str
    body: bool = False

    def place(self, offset: int) -> Location:
        """The location of the character at `offset`."""
        origin = self.record.origin
        if self.body:
            start = Location(origin.path, self.record.body_line)
            return within(start, self.text, offset)
        place: Location = origin.within(self.name, self.text, offset)
        return place


def story_passages(story: Story) -> Iterator[Passage]:
    """The texts of a story itself, without the cards and accounts that it quotes."""
    yield from _fields(story, "title", "subtitle", "picture_alt")
    for step in story.steps:
        if step.secrecy is Secrecy.PUBLIC:
            yield from _fields(step, "title", "note")
    if story.tellings:
        yield from _fields(story.tellings, "short", "medium", "long")
    yield Passage(read_aloud(story.body), story, "body", body=True)


def quoted_passages(cards: Iterable[Card], accounts: Iterable[Account]) -> Iterator[Passage]:
    """The texts of cards and accounts in a story, as far as they are published."""
    for card in cards:
        if card.secrecy is Secrecy.PUBLIC:
            yield from _fields(card, "title", "words")
        elif card.secrecy is Secrecy.OUTLINE:
            yield from _fields(card, "outline")
    for account in accounts:
        yield from _fields(account, "title", "text")


def product_passages(product: Product) -> Iterator[Passage]:
    """The texts that describe a product on its page."""
    yield from _fields(product, "name", "position", "intro", "usage")


def offer_passages(product: Product) -> Iterator[Passage]:
    """The other texts of a product in the shop. Advertising law applies to them too."""
    yield from _fields(
        product, "category", "picture_alt", "material", "storage", "season", "shipping_note"
    )
    # Lots made earlier are shown with the texts of their version.
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
    """The slogan of the brand."""
    yield from _fields(brand, "slogan")


def shop_passages(brand: Brand) -> Iterator[Passage]:
    """The texts of the shop about itself and about the producers."""
    yield from _fields(brand, "slogan", "shop_name")
    for producer in brand.producers:
        yield from _fields(producer, "intro")


def kind_passages(record: Any) -> Iterator[Passage]:
    """The texts of a record of a further kind and of its nested records, except private and unchecked fields."""
    for row in fields_of(type(record)):
        if row.private or row.unchecked or row.name in _EVIDENCE:
            continue
        for each in row.values(record):
            if isinstance(row.item, Nested):
                yield from kind_passages(each)
            elif each and row.item in (LINE, PROSE):
                yield Passage(each, record, row.name)


_EVIDENCE = frozenset({"claims", "ordinary", "lint_allow"})
"""Fields that contain evidence or allowances for the other fields."""


def _fields(record: Any, *names: str) -> Iterator[Passage]:
    for name in names:
        if text := getattr(record, name):
            yield Passage(text, record, name)
