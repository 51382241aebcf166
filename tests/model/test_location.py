"""A record's place is kept small, and nothing of it is lost."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.location import Location, Origin, layout, origin_at

NUMBERS = st.one_of(st.integers(1, 30), st.integers(1, 1_000_000))
PLACES = st.builds(Location, st.just("a.yml"), NUMBERS, NUMBERS)
MAPS = st.dictionaries(st.sampled_from(["lot", "made_on", "note", "events"]), PLACES)


@given(PLACES, MAPS, MAPS, st.booleans())
def test_every_place_comes_back(
    place: Location, fields: dict[str, Location], texts: dict[str, Location], same: bool
) -> None:
    texts = fields if same else texts
    for origin in (told := Origin(place, fields, texts), pickle.loads(pickle.dumps(told))):
        assert (origin.location, origin.fields, origin.texts) == (place, fields, texts)
        assert origin.path == "a.yml"
        for name in ("lot", "made_on", "note", "events", "else"):
            assert origin.of(name) == fields.get(name, place)
            assert origin.wrote(name) == (name in fields)
            begins = texts.get(name)
            second = begins and Location("a.yml", begins.line + 1, begins.column + 1)
            assert origin.within(name, "一\n二三", 3) == (second or fields.get(name, place))


@given(PLACES, PLACES, MAPS, MAPS, MAPS)
def test_equal_where_the_places_are(
    one: Location,
    other: Location,
    fields: dict[str, Location],
    others: dict[str, Location],
    texts: dict[str, Location],
) -> None:
    made = Origin(one, fields)
    turned = dict(reversed(fields.items()))
    assert made == Origin(one, turned, texts)
    assert hash(made) == hash(Origin(one, turned, texts))
    assert (made == Origin(other, others)) == (one == other and fields == others)
    assert made != "a.yml:1:1"


def test_records_of_one_form_share_where_their_fields_stand() -> None:
    lines = {name: Location("a.yml", at, 5) for at, name in enumerate(("lot", "made_on"), start=1)}
    below = {name: each._replace(line=each.line + 300) for name, each in lines.items()}
    one, other = Origin(Location("a.yml"), lines), Origin(Location("a.yml", 301), below)
    assert one.layout is other.layout
    assert one.layout is layout(("lot", "made_on"), bytes([0, 4, 1, 4]), one.layout.begins)
    assert origin_at("a.yml", 301, 1, one.layout) == other != one


def test_all_places_are_in_one_file() -> None:
    with pytest.raises(ValueError, match=r"b\.yml"):
        Origin(Location("a.yml"), {"lot": Location("b.yml")})
