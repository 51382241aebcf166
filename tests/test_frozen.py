"""Our data classes are those of the library, but for the time that it takes to make them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xiangji import frozen
from xiangji.records.values import Quantity

Maker = Callable[..., Any]


def kinds(dataclass: Maker) -> dict[str, type[Any]]:
    """Classes of every form that the program uses."""

    @dataclass(frozen=True, slots=True)
    class Plain:
        one: int
        two: str = "二"

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Below(Plain):
        three: Any = dataclasses.field(default=(), compare=False)
        four: Any = dataclasses.field(default=None, repr=False)

    @dataclass(frozen=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class Own:
        one: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    @dataclass(slots=True)
    class Open:
        one: int

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        one: int

    return {each.__name__: each for each in (Plain, Below, Empty, Own, Open, Ordered)}


OURS, THEIRS = kinds(frozen.dataclass), kinds(dataclasses.dataclass)


def several(of: dict[str, type[Any]]) -> list[Any]:
    return [
        of["Plain"](1),
        of["Plain"](1, "三"),
        of["Plain"](one=1, two="二"),
        of["Below"](1),
        of["Below"](1, three=3),
        of["Below"](1, "二", four=4),
        of["Empty"](),
        of["Empty"](),
        of["Own"](1),
        of["Own"](2),
        of["Open"](1),
        of["Open"](1),
        of["Ordered"](1),
        of["Ordered"](2),
        of["Plain"](of["Below"](1, three=of["Empty"]())),
    ]


def told(of: dict[str, type[Any]]) -> list[Any]:
    """All that can be seen of them."""
    found = several(of)
    equal = [[one == other for one in found] for other in found]
    rows = [[row.name for row in dataclasses.fields(each)] for each in found]
    alike = [[_hash(one) == _hash(other) for one in found] for other in found]
    changed = [dataclasses.replace(each, one=9) for each in found if hasattr(each, "one")]
    return [equal, rows, alike, *map(repr, (*found, *changed, *map(copy.copy, found)))]


def _hash(value: Any) -> Any:
    try:
        return hash(value)
    except TypeError:
        return "no hash"


def test_values_are_compared_hashed_and_shown_alike() -> None:
    assert told(OURS) == told(THEIRS)


def test_values_stay_as_they_are() -> None:
    for each in (OURS["Plain"](1), OURS["Below"](1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            each.one = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del each.one
    assert not hasattr(OURS["Plain"](1), "__dict__")


def test_values_can_be_sent() -> None:
    amount = Quantity(Decimal(20), "斤")
    assert pickle.loads(pickle.dumps(amount)) == amount
    assert repr(amount) == "Quantity(value=Decimal('20'), unit='斤')"


def test_all_of_the_program_uses_them() -> None:
    places = Path(frozen.__file__).parent.rglob("*.py")
    other = re.compile(r"(?m)^from dataclasses import .*\bdataclass\b|dataclasses\.dataclass\(")
    found = [each.name for each in places if other.search(each.read_text("utf-8"))]
    assert found == ["frozen.py"]
