"""The records of recall drills: which lot was tried, how many lots it reached, and what was not recorded."""

from __future__ import annotations

from datetime import date

from xiangji.model.fields import Record, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import BATCH, COUNT, DAY, LINE


@record("召回演练", "The recall drill")
class RecallDrill(Record, frozen=True, kw_only=True):
    """One recall drill: a row of `products/drills.csv`, which is never published.

    The village fills in by hand who took part, how long it took and what was learnt.
    """

    held_on: date = field("日期", DAY, "哪天演练的", "day of the drill", required=True)
    batch: str = field("批次", BATCH, "假设召回哪一批", "the lot, product/lot", required=True)
    reached: int | None = field("牵到批次", COUNT, "一共牵到几批", "lots reached, itself included")
    codes: int | None = field("印出的码", COUNT, "几个登记过的码", "registered codes reached")
    missing: str | None = field("没有记下的", LINE, "通知里缺什么", "what the notice lacks")
    attended: str | None = field("谁参加", LINE, "岗位，不写私人姓名", "roles that took part")
    took: str | None = field("用了多久", LINE, "从开始到通知写好", "how long it took")
    note: str | None = field("学到什么", LINE, "下次怎么更快", "what was learnt")
    origin: Origin = NOWHERE
