"""Signs that the fonts lack, told where somebody wrote them."""

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
    """One problem for each sign in `words` that no font has, at the field it stands in."""
    library = context.library
    makers = [library.producers[each] for each in (batch.producer, *product.makers) if each]
    records = [batch, product, *makers, *library.stories_of(product.id), library.brand]
    yield from missing_in(records, words, fonts, batch.origin.of("lot"))


def missing_in(
    records: list[Any], words: str, fonts: Fonts, otherwise: Location
) -> Iterator[Problem]:
    """The same for `words` out of some records; `otherwise` is the place of a sign that stands in
    none of their fields."""
    for sign in fonts.missing(words):
        place = _place(records, sign) or otherwise
        yield problem("label-glyph", place, value=sign, code=f"U+{ord(sign):04X}")


def _place(records: list[Any], sign: str) -> Location | None:
    return next((place for record in records for place in _places(record, sign)), None)


def _places(record: Any, sign: str) -> Iterator[Location]:
    """The fields of a record, and of records inside it, in which a sign stands."""
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
