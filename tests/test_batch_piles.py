"""Packed batches against a plain dictionary: nothing but time and memory tells them apart."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from built import ROOT
from xiangji import batches as batches_module
from xiangji import library as library_module
from xiangji.batches import Batches, Pile, Piles, batches_of
from xiangji.disclosure import disclose
from xiangji.library import Library, assemble, settle
from xiangji.records.batch import Batch, Inspection, TraceEvent
from xiangji.records.fields import ListOf, Nested, Reference, fields_of, rows_to
from xiangji.records.kinds import is_file
from xiangji.records.lot import Listed, listed, references
from xiangji.records.values import Moment, Quantity
from xiangji.records.words import BatchStatus, EventKind, InspectionLayer, InspectionResult, Secrecy
from xiangji.sources.village import gather

DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 2, 1))
WORDS = st.none() | st.sampled_from(["标签贴错", "退回来"])


@st.composite
def events(draw: st.DrawFn) -> TraceEvent:
    day = draw(DAYS)
    return TraceEvent(
        kind=draw(st.sampled_from(EventKind)),
        at=Moment(day) if day else None,
        place=draw(st.none() | st.just("cun")),
        quantity=draw(st.none() | st.builds(Quantity, st.decimals(0, 9, places=0))),
        inputs=tuple(draw(st.lists(st.sampled_from(["L1", "a/L2", "b/L9"]), max_size=2))),
        note=draw(WORDS),
        secrecy=draw(st.sampled_from(Secrecy)),
    )


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    day = draw(DAYS)
    check = Inspection(
        layer=InspectionLayer.SELF, result=InspectionResult.PASSED, checked_on=draw(DAYS)
    )
    return Batch(
        product=draw(st.sampled_from(["a", "b", "A"])),
        lot=f"L{draw(st.integers(0, 30))}",
        made_on=day,
        producer=draw(st.none() | st.just("hu")),
        place=draw(st.none() | st.just("shan")),
        pledged_by=draw(st.none() | st.just("she")),
        status=draw(st.none() | st.sampled_from(BatchStatus)),
        reason=draw(WORDS),
        advice=draw(WORDS),
        inputs=tuple(draw(st.lists(st.sampled_from(["L1", "a/L2", "c/L3"]), max_size=2))),
        events=tuple(draw(st.lists(events(), max_size=2))),
        inspections=(check,) if draw(st.booleans()) else (),
    )


ALL = st.lists(batches(), max_size=14)
UNLIKE = st.lists(batches(), max_size=14, unique_by=lambda each: each.key)


@contextmanager
def packed(room: int = 0, together: int = 2, at_hand: int = 3) -> Iterator[None]:
    """A village of any size counts as large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches_module, "ROOM", room)
        patch.setattr(batches_module, "_TOGETHER", together)
        patch.setattr(batches_module, "AT_HAND", at_hand)
        yield


def by_product(found: list[Batch]) -> list[Batch]:
    products = list(dict.fromkeys(each.product for each in found))
    return [each for product in products for each in found if each.product == product]


@settings(deadline=None)
@given(UNLIKE, st.lists(st.integers(0, 40)), st.integers(1, 3))
def test_packed_batches_are_a_dictionary(found: list[Batch], asked: list[int], some: int) -> None:
    plain = {each.key: each for each in by_product(found)}
    with packed(together=some):
        shelf = batches_of(found)
        assert all(pile.packed for pile in shelf.piles.values())
        keys = [*plain, "a/L99", "c/L1", "a", "", "a/L1/", "a/L1\nL2"]
        for number in asked:
            key = keys[number % len(keys)]
            assert (key in shelf) == (key in plain)
            assert shelf.get(key) == plain.get(key)
            assert shelf.listed(key) == (listed(plain[key]) if key in plain else None)
        assert [*shelf] == [*plain] and len(shelf) == len(plain) and bool(shelf) == bool(plain)
        assert [*shelf.values()] == [*plain.values()] and [*shelf.items()] == [*plain.items()]
        assert dict(shelf) == plain and shelf == plain
        for product in ("a", "b", "A", "c"):
            assert list(shelf.of(product)) == [e for e in plain.values() if e.product == product]
        assert len(shelf._at_hand) <= 3
        again: Batches = pickle.loads(pickle.dumps(shelf))
        assert again == plain and repr(again) == repr(shelf) == repr(Batches(shelf.piles.values()))
    with pytest.raises(KeyError):
        shelf["a/L99"]


@settings(deadline=None)
@given(ALL, st.integers(0, 20))
def test_a_pile_grows_until_there_is_no_room(found: list[Batch], room: int) -> None:
    """Batches with one key twice: nothing is lost before somebody has told of it."""
    groups = {product: [e for e in found if e.product == product] for product in ("a", "b", "A")}
    with packed(room):
        piles = Piles()
        for product, some in groups.items():
            # As the memo gives them: packed on another day.
            pile = Pile(product, some)
            piles.add(pickle.loads(pickle.dumps(pile)) if product == "b" else pile)
        piles.settle()
    assert {pile.packed for pile in piles.piles} <= {len(found) > room}
    assert list(piles) == [e for some in groups.values() for e in some] and len(piles) == len(found)
    assert [*piles.listed()] == [listed(each) for each in piles]
    for pile in piles.piles:
        assert [e.lot for e in pile] == pile.told.names
        kept = pile.without({1})
        assert [*kept] == [e for at, e in enumerate(pile) if at != 1]
        assert kept.packed == pile.packed


def _louder(batch: Batch) -> Batch:
    return replace(batch, note=f"{batch.note or ''}!")


@settings(deadline=None)
@given(UNLIKE)
def test_a_change_is_made_whenever_a_batch_is_unpacked(found: list[Batch]) -> None:
    plain = {each.key: _louder(_louder(each)) for each in by_product(found)}
    with packed():
        shelf = batches_of(found)
        changed = shelf.through(_louder).through(_louder)
        assert changed == plain and [*changed.values()] == [*plain.values()]
        assert pickle.loads(pickle.dumps(changed)) == plain
        assert shelf == {each.key: each for each in found}
        only = shelf.through(_louder, lambda pile: pile.product == "a")
        assert all((e.note or "").endswith("!") == (e.product == "a") for e in only.values())
    opened = batches_of(found).through(_louder).through(_louder)
    assert opened == plain


@given(batches())
def test_lists_tell_nothing_that_is_kept_back(batch: Batch) -> None:
    """So a list need not know whether its library is disclosed."""
    library, _ = assemble(_village([batch]))
    assert library is not None
    (shown,) = disclose(library, date(2026, 2, 1)).batches.values()
    assert listed(shown) == listed(batch)


def _village(found: list[Batch]):  # type: ignore[no-untyped-def]
    return replace(gather(Path(__file__).parent / "sites" / "none"), **_BRAND, batches=tuple(found))


_BRAND = {"brand": gather(ROOT).brand}


@settings(deadline=None, max_examples=60)
@given(ALL)
def test_a_library_is_the_same_packed_or_not(found: list[Batch]) -> None:
    """Also one of which much is wrong, with everything that is said of it."""
    village = _village(found)
    with packed():
        tight = _told(*assemble(village))
    roomy = _told(*assemble(village))
    assert tight == roomy


def _told(library: Library | None, problems: tuple[object, ...]) -> list[object]:
    assert library is not None
    told: list[object] = [set(problems)]
    for each in (library, disclose(library, date(2026, 2, 1)), settle(library)):
        told.append(dict(each.batches))
        for key in each.batches:
            told += [each.ancestors(key), each.descendants(key), each.used_in(key)]
            told += [each.links.taken(key), each.kin_of(key), each.links.inputs(key)]
            assert each.links.inputs(key) == each.made_from(each.batches[key])
        told += [(each.lots_of(product), each.batches_of(product)) for product in ("a", "b", "A")]
    return told


@given(st.lists(batches(), max_size=3))
def test_whatever_batches_refer_to_is_known(found: list[Batch]) -> None:
    """By the field table: of a new field that refers to something this test would tell."""
    assert references(found) == {told for each in found for told in _references(each)}


def _references(record: Any) -> Iterator[tuple[str, str]]:
    for row in fields_of(type(record)):
        value = getattr(record, row.name)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        values = value if isinstance(row.kind, ListOf) else (value,)
        for each in values:
            if isinstance(kind, Nested) and each is not None:
                yield from _references(each)
            elif isinstance(kind, Reference) and each is not None:
                yield kind.to, each


def test_no_batch_names_a_file() -> None:
    """Else `disclosure` and `sources.village` would have to look into every batch."""
    assert not rows_to(Batch, is_file)


def test_few_products_lots_are_kept_as_lists_show_them() -> None:
    found = [Batch(product=f"p{number}", lot="L1") for number in range(30)]
    library, _ = assemble(_village(found))
    assert library is not None
    for each in found:
        assert library.lots_of(each.product) == (listed(each),)
    assert len(library._listed) <= library_module._LISTED


def test_what_lists_tell_is_small() -> None:
    """The reason for all of this: a packed batch takes some hundred bytes, and what lists tell forty."""
    found = [
        Batch(product="p", lot=f"L{number:05}", made_on=date(2026, 1, 1)) for number in range(1000)
    ]
    with packed(together=100):
        pile = Pile("p", found)
        pile.pack()
    assert len(pickle.dumps(pile)) < 150 * len(found)
    assert pile.told.position("L00999") == 999 and pile.told.position("L1") is None
    assert isinstance(pile.told.at(3, "L00003"), Listed)
