"""Checks versions of a product: their days are in order, and each lot belongs to one version for certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from xiangji.label.item import LabelForm
from xiangji.label.items import ITEMS, day_item, heading
from xiangji.label.versions import candidates, counted_from
from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product

if TYPE_CHECKING:
    from xiangji.readers.git.label_changes import UndatedChange


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of the versions of products."""
    for product in library.products.values():
        if product.earlier:
            yield from _days(product)
        if product.since and product.since > today:
            name = label(Product, "since")
            place = product.origin.of("since")
            yield problem("date-future", place, field=name, value=product.since)


def _days(product: Product) -> Iterator[Problem]:
    """Check that each version except the oldest has a day from which it holds, and that these days are in order."""
    after = product.since
    if after is None:
        told = {"which": "现在的一版", "which_en": "the version of now"}
        yield problem("version-since", product.origin.of("earlier"), product=product.name, **told)
        return
    for version in product.earlier[:-1]:
        if version.since is None:
            told = {"which": "这一版", "which_en": "this one"}
            place = version.origin.location
            yield problem("version-since", place, product=product.name, **told)
            return
    for version in product.earlier:
        if version.since is not None and version.since >= after:
            place = version.origin.of("since")
            yield problem("version-order", place, value=version.since, after=after)
        after = version.since or after


_MOST = 3
"""The most lots that a message names. The message also gives their number."""


_BY_FIX = (
    "xiangji fix 会替你写好，日子自己再核对。",
    "xiangji fix writes both lines; check the day.",
)
_BY_HAND = (
    "“以前”里已经记着更晚的改动，xiangji fix 插不进去：在“以前”里照日子加一段，写上那时候的说法。",
    "Later changes are recorded under `earlier` already, so xiangji fix cannot put this one in: add a part of its own there.",
)


def changed(changes: Iterable[UndatedChange]) -> Iterator[Problem]:
    """Labels that were changed, and of which nobody said from which day on."""
    for each in changes:
        named = "、".join(lot.lot for lot in each.lots[:_MOST])
        more = "……" if len(each.lots) > _MOST else ""
        told = [(label(Product, fact.field), fact) for fact in each.facts]
        do, do_en = _BY_HAND if each.is_older else _BY_FIX
        yield problem(
            "label-changed",
            each.product.origin.of(each.facts[0].field),
            product=each.product.name,
            day=each.on,
            changes="；".join(f"{name}“{f.before}”→“{f.after}”" for name, f in told),
            count=len(each.lots),
            lots=f"{named}{more}",
            do=do,
            do_en=do_en,
        )


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report a lot that may belong to several versions of its product."""
    product = library.products.get(batch.product)
    if product is None or len(candidates(product, batch)) == 1:
        return
    key = day_item(product, batch)
    named, named_en = heading(key, LabelForm.PAGE, product.kind), ITEMS[key].en
    day = counted_from(product, batch)
    why = f"的{named}是“{day}”" if day else f"没有写{named}"
    why_en = f"says “{day}” as its {named_en}" if day else f"has no {named_en}"
    told = {"lot": batch.lot, "product": product.name, "field": named, "field_en": key}
    yield problem("version-unsure", batch.origin.of(key), why=why, why_en=why_en, **told)
