"""What is packed comes back the same, places and all."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from built import ROOT
from xiangji.records.packing import made_of
from xiangji.sources.gathered import Gathered
from xiangji.sources.village import gather


@pytest.fixture(scope="module")
def demo() -> Gathered:
    return gather(ROOT, site_url="https://yanglang.example.cn/")


def test_records_come_back_as_they_were(demo: Gathered) -> None:
    for each in fields(Gathered):
        value = getattr(demo, each.name)
        again = pickle.loads(pickle.dumps(value))
        assert again == value, each.name
        # Not by == alone, which leaves out where texts begin.
        assert repr(again) == repr(value) or isinstance(value, frozenset), each.name
    assert len(demo.batches) > 10


def test_a_record_of_values_is_one_like_any_other(demo: Gathered) -> None:
    batch = demo.batches[0]
    made = made_of(type(batch), [getattr(batch, name) for name in batch.__slots__])
    assert type(made) is type(batch) and made == batch and made.key == batch.key
    with pytest.raises(FrozenInstanceError):
        made.lot = "else"  # type: ignore[misc]
    with pytest.raises(ValueError, match="unpack"):
        made_of(type(batch), ["L1"])
