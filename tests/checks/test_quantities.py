"""Amounts and days that cannot be. The messages stand in `cases/`; here are the edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.checks import quantities
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.values import Moment, Quantity, ShelfLife
from xiangji.model.vocabularies import EventKind, ProductKind
from xiangji.records.batch import Batch, FarmInput, TraceEvent
from xiangji.records.brand import Brand
from xiangji.records.product import Product

TODAY = date(2026, 5, 1)
LAST = date(2026, 4, 1)


def rules(*batches: Batch, product: Product | None = None) -> list[str]:
    shelf = Batches(batches)
    products = {"p": product} if product else {}
    library = Library(Brand(name="村"), {}, {}, {}, products, shelf, {}, {}, {})
    of_each = (quantities.of_batch(library, each, TODAY) for each in batches)
    return [each.rule for found in of_each for each in found]


def amount(value: int | str, unit: str = "只") -> Quantity:
    return Quantity(Decimal(value), unit)


def lot(name: str, quantity: Quantity | None = None) -> Batch:
    return Batch(product="p", lot=name, quantity=quantity)


def user(name: str, *taken: tuple[Quantity | None, tuple[str, ...]]) -> Batch:
    events = tuple(
        TraceEvent(kind=EventKind.RECEIVE, quantity=each, inputs=inputs) for each, inputs in taken
    )
    return Batch(product="p", lot=name, events=events)


@settings(deadline=None)
@given(st.integers(0, 99), st.lists(st.integers(0, 60), max_size=5))
def test_it_is_told_just_when_more_went_out_than_was_in(whole: int, taken: list[int]) -> None:
    users = [user(f"U{n}", (amount(each), ("A",))) for n, each in enumerate(taken)]
    found = rules(lot("A", amount(whole)), *users)
    assert found == (["input-exceeded"] if sum(taken) > whole else [])


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ([(amount(11), ("A",))], True),
        ([(amount(11, "公斤"), ("A",))], False),
        ([(amount(11), ("A", "B"))], False),
        ([(amount(6), ("A",)), (amount(6), ("A",))], False),
        ([(None, ("A",))], False),
    ],
)
def test_only_what_was_noted_for_this_lot_alone_counts(
    taken: list[tuple[Quantity | None, tuple[str, ...]]], told: bool
) -> None:
    found = rules(lot("A", amount(10)), lot("B"), user("U", *taken))
    assert found == (["input-exceeded"] if told else [])


@pytest.mark.parametrize("unit", ["公斤", "千克", "kg", "KG"])
def test_a_kilogram_has_three_names(unit: str) -> None:
    assert rules(lot("A", amount(10, "kg")), user("U", (amount("10.1", unit), ("A",)))) != []
    assert rules(lot("A", amount(10, "kg")), user("U", (amount("10", unit), ("A",)))) == []


@pytest.mark.parametrize(("days", "told"), [(6, True), (7, False), (8, False)])
@pytest.mark.parametrize("stopped", [True, False])
def test_the_last_day_of_the_interval_is_over(days: int, told: bool, stopped: bool) -> None:
    day = LAST + timedelta(days=days)
    used = (
        FarmInput(name="药", used_on=LAST - timedelta(days=9), stopped_on=LAST, interval=7)
        if stopped
        else FarmInput(name="药", used_on=LAST, interval=7)
    )
    expected = ["harvest-early"] if told else []
    assert rules(Batch(product="p", lot="A", made_on=day, farm_inputs=(used,))) == expected
    event = TraceEvent(kind=EventKind.HARVEST, at=Moment(day))
    late = date(2026, 4, 30)
    assert (
        rules(Batch(product="p", lot="A", made_on=late, farm_inputs=(used,), events=(event,)))
        == expected
    )


@pytest.mark.parametrize(
    "used",
    [
        FarmInput(name="肥", used_on=LAST),
        FarmInput(name="药", interval=7),
        FarmInput(name="药", used_on=LAST, interval=0),
    ],
)
def test_without_a_day_or_an_interval_nothing_is_told(used: FarmInput) -> None:
    assert rules(Batch(product="p", lot="A", made_on=LAST, farm_inputs=(used,))) == []
    late = FarmInput(name="药", used_on=LAST, interval=7)
    assert rules(Batch(product="p", lot="A", farm_inputs=(late,))) == []


@pytest.mark.parametrize(
    ("life", "made_on", "told"),
    [
        (ShelfLife(months=12), None, True),
        (ShelfLife(months=12), LAST, False),
        (None, None, False),
    ],
)
def test_an_expiry_needs_both(life: ShelfLife | None, made_on: date | None, told: bool) -> None:
    product = Product(id="p", name="辣子鸡", kind=ProductKind.PROCESSED, shelf_life=life)
    found = rules(Batch(product="p", lot="A", made_on=made_on), product=product)
    assert found == (["expiry-unknown"] if told else [])
