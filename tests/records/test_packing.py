"""What is packed comes back the same, places and all."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from built import ROOT
from xiangji.sources.village import Gathered, gather


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
