"""Checks that a batch was harvested only after the pre-harvest interval (安全间隔期) of every farm input.

`standards.md` §4.6: harvest ≥ last use + 安全间隔期. The checks use this rule, and so does the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiangji.model.parsing.partial_date import PartialDate, latest, said_day
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch


def harvested_early(batch: Batch) -> Iterator[Problem]:
    """Yield a problem for each farm input whose interval was not over on the first day of harvest."""
    if batch.harvested is None:
        return
    harvest, place = batch.harvested
    # Of a month the last day: what cannot be known is no accusation.
    day = latest(harvest)
    if day is None:
        return
    for used in batch.farm_inputs:
        first = used.first_harvest
        if first is not None and day < first:
            yield problem(
                "harvest-early",
                place,
                lot=batch.lot,
                day=said_day(harvest) if isinstance(harvest, PartialDate) else harvest,
                name=used.name,
                last=used.last_used,
                interval=used.interval,
                first=first,
            )
