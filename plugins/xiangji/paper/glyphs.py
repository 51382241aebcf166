"""Finds characters that no font has, and reports each at the field that contains it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.model.fields import ListOf, Nested, fields_of
from xiangji.model.location import Location
from xiangji.paper.fonts import Fonts
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import RenderContext


def missing_signs(
    context: RenderContext, batch: Batch, product: Product, words: str, fonts: Fonts
) -> Iterator[Problem]:
    """Yield a problem for each character in `words` that no font has, at the field that contains it."""
    library = context.library
    makers = [library.producers[each] for each in (batch.producer, *product.makers) if each]
    records = [batch, product, *makers, *library.stories_of(product.id), library.brand]
    yield from missing_in(records, words, fonts, batch.origin.of("lot"))


def missing_in(
    records: list[Any], words: str, fonts: Fonts, otherwise: Location
) -> Iterator[Problem]:
    """Yield a problem for each character in `words` that no font has.

    The location is the field of one of `records` that contains the character, or `otherwise` if none does.
    """
    for sign in fonts.missing(words):
        place = _place(records, sign) or otherwise
        yield problem("label-glyph", place, value=sign, code=f"U+{ord(sign):04X}")


def thin_in(name: str, fonts: Fonts, place: Location) -> Iterator[Problem]:
    """Yield a hint for each character of a name that the heavy face lacks: it stands thinner than its neighbours."""
    for sign in fonts.thin(name):
        yield problem("label-sign-thin", place, value=sign, code=f"U+{ord(sign):04X}")


def _place(records: list[Any], sign: str) -> Location | None:
    return next((place for record in records for place in _places(record, sign)), None)


def _places(record: Any, sign: str) -> Iterator[Location]:
    """Yield the locations of a record's fields that contain a character, nested records included."""
    for row in fields_of(type(record)):
        value = getattr(record, row.name)
        nested = row.kind if isinstance(row.kind, Nested) else None
        if isinstance(row.kind, ListOf) and isinstance(row.kind.item, Nested):
            for each in value:
                yield from _places(each, sign)
        elif nested and value is not None:
            yield from _places(value, sign)
        elif (isinstance(value, str) and sign in value) or (
            isinstance(value, tuple) and any(sign in str(each) for each in value)
        ):
            yield record.origin.of(row.name)
