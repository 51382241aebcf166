"""Batches against what can be true. The messages stand in `cases/`; here are the edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.checks import batches as batch_check
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.values import Moment
from xiangji.model.vocabularies import BatchStatus, EventKind, InspectionLayer, InspectionResult
from xiangji.records.batch import Batch, Inspection, TraceEvent
from xiangji.records.brand import Brand

TODAY = date(2026, 5, 1)


def rules(*batches: Batch) -> list[str]:
    shelf = Batches(batches)
    library = Library(Brand(name="村"), {}, {}, {}, {}, shelf, {}, {}, {})
    of_each = (batch_check.of_batch(library, each, TODAY) for each in batches)
    return [each.rule for found in of_each for each in found]


def batch(lot: str = "A1", **facts: object) -> Batch:
    return Batch(product="p", lot=lot, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [None, *BatchStatus])
def test_only_what_is_stopped_needs_a_reason(status: BatchStatus | None) -> None:
    stopped = status in (BatchStatus.ON_HOLD, BatchStatus.RECALLED)
    found = rules(batch(status=status, advice="打电话退款"))
    assert found == (["status-reason"] if stopped else [])
    recalled = status is BatchStatus.RECALLED
    found = rules(batch(status=status, reason="标签贴错"))
    assert found == (["recall-advice"] if recalled else [])


@pytest.mark.parametrize("result", InspectionResult)
@pytest.mark.parametrize("status", [None, *BatchStatus])
def test_only_fine_and_failed_contradict(
    status: BatchStatus | None, result: InspectionResult
) -> None:
    inspection = Inspection(layer=InspectionLayer.COUNTY, result=result)
    contradicts = (status, result) == (BatchStatus.NORMAL, InspectionResult.FAILED)
    found = rules(batch(status=status, reason="x", advice="x", inspections=(inspection,)))
    assert found == (["status-contradicts"] if contradicts else [])


@pytest.mark.parametrize(("days", "told"), [(-1, []), (0, []), (1, ["date-future"])])
def test_today_has_come(days: int, told: list[str]) -> None:
    day = TODAY + timedelta(days=days)
    event = TraceEvent(kind=EventKind.PROCESS, at=Moment(day, "23:59"))
    inspection = Inspection(
        layer=InspectionLayer.SELF, result=InspectionResult.PASSED, checked_on=day
    )
    assert rules(batch(made_on=day)) == told
    assert rules(batch(events=(event,))) == told
    assert rules(batch(inspections=(inspection,))) == told


moments = st.builds(
    Moment, st.dates(date(2026, 3, 1), date(2026, 3, 3)), st.sampled_from(["", "07:00", "19:00"])
)


@settings(deadline=None)
@given(st.lists(st.none() | moments, max_size=6))
def test_steps_in_order_are_never_told(times: list[Moment | None]) -> None:
    noted = sorted(each for each in times if each)
    events = tuple(TraceEvent(kind=EventKind.PROCESS, at=at) for at in (*noted, None))
    assert rules(batch(events=events)) == []
    if len({each.day for each in noted}) > 1:
        assert "event-order" in rules(batch(events=events[::-1]))


@pytest.mark.parametrize(("days", "told"), [(-1, []), (0, []), (1, ["input-later"])])
def test_an_input_of_the_same_day_is_fine(days: int, told: list[str]) -> None:
    made = date(2026, 3, 12)
    chicken = batch("J1", made_on=made + timedelta(days=days))
    assert rules(chicken, batch(made_on=made, inputs=("J1",))) == told
    assert rules(chicken, batch(inputs=("J1",))) == []
