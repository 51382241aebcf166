"""Every page of the demo at WeChat's largest type, on a narrow phone, and under a thumb."""

from __future__ import annotations

import pytest
from sampled import one_list_each

from built import Built
from ceilings import MEASURE
from probes import Sized
from reading import Reading

Readings = dict[str, Reading]


def test_every_page_was_read(demo: Built, readings: Readings) -> None:
    assert [*readings] == [*one_list_each(demo.owned)]
    assert all(each.texts and each.targets.every for each in readings.values())
    assert sum(bool(each.prices) for each in readings.values()) >= 4
    assert sum(bool(each.targets.main) for each in readings.values()) >= 20


def test_large_type_cuts_nothing_at_360_px(readings: Readings) -> None:
    assert {at: each.cut for at, each in readings.items() if each.cut} == {}


def test_large_type_cuts_nothing_at_320_px(readings: Readings) -> None:
    assert {at: each.cut_narrow for at, each in readings.items() if each.cut_narrow} == {}


def test_nothing_sticks_out_at_320_px(readings: Readings) -> None:
    assert {at: each.sideways for at, each in readings.items() if each.sideways.over} == {}


@pytest.mark.parametrize("key", ["small", "price", "target", "main"])
def test_type_and_targets_are_large_enough(key: str, readings: Readings) -> None:
    measure = MEASURE[key]
    assert measure.limit
    low = {
        at: [f"{size:g} px {text}" for size, text in _sizes(each, key) if size < measure.limit]
        for at, each in readings.items()
    }
    assert {at: found for at, found in low.items() if found} == {}


def _sizes(seen: Reading, key: str) -> list[Sized]:
    return {
        "small": seen.texts,
        "price": seen.prices,
        "target": seen.targets.every,
        "main": seen.targets.main,
    }[key]


def test_nothing_floats_or_plays_by_itself(readings: Readings) -> None:
    assert {at: each.floating for at, each in readings.items() if each.floating} == {}


def test_all_text_is_there_without_script(readings: Readings) -> None:
    least = MEASURE["kept"].limit
    assert least
    assert {at: each.lost for at, each in readings.items() if each.kept < least} == {}
