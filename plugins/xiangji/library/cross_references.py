"""Cross-references between stories, products, people and workshops.

They are found in one pass, since every page asks for its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from xiangji.records.product import Product
from xiangji.records.story import Story

T = TypeVar("T")


class CrossReferences:
    """The stories and products of a village, indexed by the ids that they name, in their own order."""

    def __init__(self, stories: Mapping[str, Story], products: Mapping[str, Product]) -> None:
        self._stories, self._products = stories, products
        self._serving = _by(stories.values(), lambda each: each.products)
        self._naming = _by(products.values(), lambda each: (each.story,))
        self._place = {each: at for at, each in enumerate(products)}
        self.stories_from = _by(stories.values(), lambda each: (each.workshop,))
        self.stories_told_by = _by(stories.values(), lambda each: (*each.tellers, *each.recorders))
        self.products_by = _by(products.values(), lambda each: each.people)

    def stories_of(self, product: str) -> tuple[Story, ...]:
        """The stories about a product, the one that the product names first."""
        found = list(self._serving.get(product, ()))
        first = self._products[product].story if product in self._products else None
        if first and first in self._stories and all(story.id != first for story in found):
            found.append(self._stories[first])
        return tuple(sorted(found, key=lambda story: story.id != first))

    def own_story_of(self, product: str) -> Story | None:
        """The story that is told of a product itself, or None.

        It is the product's own if it names the product first, or names none and is named by the product: the telling
        of a dish is not told of the paste that goes into it.
        """
        found = self.stories_of(product)
        return next((each for each in found if each.products[:1] in ((), (product,))), None)

    def products_of(self, story: Story) -> tuple[Product, ...]:
        """The products of a story: those that it names, and those that name it."""
        named = (self._products[each] for each in story.products if each in self._products)
        found = {each.id: each for each in (*named, *self._naming.get(story.id, ()))}
        return tuple(sorted(found.values(), key=lambda each: self._place[each.id]))


def _by(
    records: Iterable[T], names: Callable[[T], Iterable[str | None]]
) -> dict[str, tuple[T, ...]]:
    """Records by the ids that they name."""
    found: dict[str, list[T]] = {}
    for record in records:
        for name in dict.fromkeys(names(record)):
            if name is not None:
                found.setdefault(name, []).append(record)
    return {name: tuple(some) for name, some in found.items()}
