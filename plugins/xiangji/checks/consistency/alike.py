"""Finds products, and stories, whose texts are nearly the same (同质化): only their names were changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from xiangji.checks.wording.text_folding import essence, read_aloud
from xiangji.library import Library
from xiangji.model.location import Location
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.product import Product
from xiangji.records.story import Story

_SHINGLE = 3
"""Characters that are compared at a time. Most Chinese words have two."""

_LEAST = 40
"""The fewest characters of a text that is compared. Two short texts may say the same by chance."""

ALIKE = 0.7
"""The share of its shingles that the shorter text has in common with the other."""


class _Text(Struct, frozen=True):
    """The text of a record: what it is called in messages, its shingles, and where it stands."""

    name: str
    shingles: frozenset[str]
    place: Location


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report each product and each story that has nearly the same text as one before it."""
    goods = library.products.values()
    names = [each.name for each in goods] + [each.category for each in goods if each.category]
    said = _by_length(essence(each) for each in names)
    stories = (
        each
        for each in library.stories.values()
        if not each.draft and each.visibility is not Visibility.PRIVATE
    )
    yield from _pairs(_of_product(each, said) for each in goods)
    yield from _pairs(_of_story(each, said) for each in stories)


def _by_length(names: Iterable[str]) -> list[dict[str, int]]:
    """The names of products, those of one length together and numbered, the longest first."""
    found: dict[int, dict[str, int]] = {}
    for number, name in enumerate(names):
        if len(name) > 1:
            found.setdefault(len(name), {}).setdefault(name, number)
    return [found[length] for length in sorted(found, reverse=True)]


def _of_product(product: Product, names: list[dict[str, int]]) -> _Text:
    parts = (product.position, product.intro, product.usage)
    text = essence("\n".join(each for each in parts if each))
    field = "intro" if product.intro else "position" if product.position else "usage"
    return _Text(product.name, _shingles(text, names), product.origin.of(field))


def _of_story(story: Story, names: list[dict[str, int]]) -> _Text:
    place = Location(story.origin.path, story.body_line)
    return _Text(story.title, _shingles(essence(read_aloud(story.body)), names), place)


def _shingles(text: str, names: list[dict[str, int]]) -> frozenset[str]:
    """The shingles of a folded text without names of products, longest first: else a changed name would hide a copy."""
    for some in names if len(text) >= _LEAST else ():
        if len(some) > len(text):
            text = _without_many(text, some)
            continue
        for name in some:
            text = text.replace(name, "")
    return frozenset(_parts(text, _SHINGLE) if len(text) >= _LEAST else ())


def _without_many(text: str, some: dict[str, int]) -> str:
    """A text without many names of one length, in their order: those that occur are looked up, and not all tried."""
    length, before = len(next(iter(some))), -1
    while found := [each for each in _parts(text, length) if some.get(each, -1) > before]:
        name = min(found, key=some.__getitem__)
        before, text = some[name], text.replace(name, "")
    return text


def _parts(text: str, length: int) -> Iterator[str]:
    """Each part of a text that has this length."""
    return (text[at : at + length] for at in range(len(text) - length + 1))


def _pairs(texts: Iterable[_Text]) -> Iterator[Problem]:
    """Report each text that is nearly the same as one before it. Of several alike, each is compared with the first.

    Only texts that are unlike those before them are kept for comparison, so that many copies take no longer.
    """
    kept: list[_Text] = []
    holding: dict[str, list[int]] = {}
    for text in texts:
        if not text.shingles:
            continue
        shared = Counter(at for each in text.shingles for at in holding.get(each, ()))
        other = max(shared, key=lambda at: _likeness(text, kept[at], shared[at]), default=None)
        if other is not None and (like := _likeness(text, kept[other], shared[other])) >= ALIKE:
            first = kept[other]
            told = {"other": first.name, "place": first.place, "share": f"{like:.0%}"}
            yield problem("text-alike", text.place, value=text.name, **told)
            continue
        for each in text.shingles:
            holding.setdefault(each, []).append(len(kept))
        kept.append(text)


def _likeness(one: _Text, other: _Text, shared: int) -> float:
    return shared / min(len(one.shingles), len(other.shingles))
