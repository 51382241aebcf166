"""The records of batches: what was made together, how, and who inspected it."""

from __future__ import annotations

from datetime import date, timedelta

from xiangji.model.fields import Choice, Holds, ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Location, Origin
from xiangji.model.parsing.partial_date import Day, earliest
from xiangji.model.value_types import (
    DAY,
    DAYS,
    FLAG,
    LINE,
    LOT,
    MOMENT,
    PAPER,
    PARTIAL_DAY,
    PROSE,
    QUANTITY,
)
from xiangji.model.values import Moment, Quantity
from xiangji.model.vocabularies import (
    BatchStatus,
    CertificateBasis,
    CertificateWording,
    EventKind,
    InspectionLayer,
    InspectionResult,
    Secrecy,
)

_HARVESTS = (EventKind.HARVEST, EventKind.SLAUGHTER)


@record("经过", "The event")
class TraceEvent(Record, frozen=True, kw_only=True):
    """One step in the life of a batch (EPCIS event, `standards.md` §2)."""

    kind: EventKind = field(
        "环节", Choice(EventKind), "采收、加工、包装、运输……", "step", required=True
    )
    title: str | None = field("名称", LINE, "村里怎么叫这一步", "the village's word for it")
    at: Moment | None = field(
        "时间", MOMENT, "哪天（几点）", "day, and time if noted", also=["日期"]
    )
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    by: str | None = field("负责", LINE, "岗位，不写私人姓名", "a role, not a private name")
    quantity: Quantity | None = field("数量", QUANTITY, "60 公斤", "amount")
    inputs: tuple[str, ...] = field(
        "用料批次", ListOf(LINE), "产品/批号", "product/lot", holds=Holds.NUMBER
    )
    note: str | None = field("说明", LINE, "补充一句", "a remark")
    secrecy: Secrecy = field(
        "公开程度",
        Choice(Secrecy),
        "公开；概述（只说有这一步）；保密（哪里都不出现）",
        "public, outline or secret",
        default=Secrecy.PUBLIC,
    )
    origin: Origin = NOWHERE


@record("检验", "The inspection")
class Inspection(Record, frozen=True, kw_only=True):
    """An inspection of a batch: who did it, and the result."""

    layer: InspectionLayer = field(
        "层级", Choice(InspectionLayer), "自检、合作社检、县检或第三方", "layer", required=True
    )
    result: InspectionResult = field(
        "结果", Choice(InspectionResult), "合格、不合格或待出结果", "result", required=True
    )
    checked_on: date | None = field("日期", DAY, "哪天检的", "the day", also=["date"])
    signer: str | None = field("签字", LINE, "岗位或机构", "a role or an institution")
    items: str | None = field("项目", LINE, "检了什么", "what was checked", holds=Holds.MEASURE)
    report: str | None = field("报告", LINE, "报告编号", "report number", holds=Holds.NUMBER)
    file: str | None = field(
        "报告文件", PAPER, "报告的照片或 PDF，页面上能点开", "the report as a picture or PDF"
    )
    paper: str = ""
    """The name under which the file is published; empty without one."""
    origin: Origin = NOWHERE


@record("投入品", "The farm input")
class FarmInput(Record, frozen=True, kw_only=True):
    """A farm input that was used on a field or given to animals: pesticide, fertiliser, feed or medicine.

    The fields are those of `standards.md` §4.6 (农产品质量安全法 art. 27). The produce may not be sold before the
    safety interval after the last use is over.
    """

    name: str = field(
        "名称", LINE, "药、肥、饲料叫什么", "what it is", required=True, holds=Holds.MEASURE
    )
    source: str | None = field("来源", LINE, "哪里买的，票在谁手里", "where it was bought")
    method: str | None = field(
        "用法", LINE, "喷、撒、拌料……", "how it was used", holds=Holds.MEASURE
    )
    amount: str | None = field(
        "用量", LINE, "每亩多少，兑多少水", "how much was used", holds=Holds.MEASURE
    )
    used_on: date | None = field("使用日期", DAY, "从哪天用起", "first day of use")
    stopped_on: date | None = field(
        "停用日期", DAY, "最后一次是哪天；只用一次的不写", "last day of use; absent if used once"
    )
    interval: int | None = field(
        "安全间隔期", DAYS, "标签上写的天数；药和兽药要写", "days on its label before harvest"
    )
    origin: Origin = NOWHERE

    @property
    def last_used(self) -> date | None:
        """The last day of use, or None if it is not recorded."""
        return self.stopped_on or self.used_on

    @property
    def first_harvest(self) -> date | None:
        """The first day on which the safety interval is over, or None if it is not recorded."""
        if self.last_used is None or self.interval is None:
            return None
        return self.last_used + timedelta(days=self.interval)


@record("批次", "The batch")
class Batch(Record, frozen=True, kw_only=True):
    """What was made together under one lot code: a row of `batches.csv`, or a file `batches/<lot>.yml`."""

    lot: str = field("批号", LOT, "字母、数字和 . _ -，最多 20 个", "lot code", required=True)
    made_on: Day | None = field(
        "生产日期",
        PARTIAL_DAY,
        "哪天做成的；只记得月份的写 2026-03",
        "day of making; 2026-03 where only the month is known",
    )
    harvested_on: Day | None = field(
        "采收日期",
        PARTIAL_DAY,
        "哪天采的、出栏的；加工食品的生产日期另外写",
        "day of harvest; what is made of it has a day of making of its own",
        also=["出栏日期"],
    )
    quantity: Quantity | None = field("数量", QUANTITY, "200 罐", "how many", also=["产量"])
    variant: str | None = field("规格", LINE, "哪种包装", "which variant", holds=Holds.MEASURE)
    producer: str | None = field("生产者", Ref("producers"), "谁做的", "a producer id")
    place: str | None = field("产地", Ref("places"), "在哪里做的", "a place id")
    status: BatchStatus | None = field(
        "状态", Choice(BatchStatus), "正常、待检、停售或召回", "state as the cooperative says"
    )
    reason: str | None = field("原因", LINE, "停售或召回为什么", "why held or recalled")
    advice: str | None = field("怎么办", LINE, "买到的人该怎么做", "what buyers should do")
    inputs: tuple[str, ...] = field(
        "用料批次",
        ListOf(LINE),
        "产品/批号，往前一步",
        "product/lot, one step back",
        holds=Holds.NUMBER,
    )
    destination: str | None = field(
        "去向", LINE, "卖到哪个地区或渠道", "region or channel, one step forward"
    )
    events: tuple[TraceEvent, ...] = field("经过", ListOf(Nested(TraceEvent)), "一步一条", "events")
    farm_inputs: tuple[FarmInput, ...] = field(
        "投入品", ListOf(Nested(FarmInput)), "用过什么药、肥、饲料", "pesticides, fertilisers, feed"
    )
    inspections: tuple[Inspection, ...] = field(
        "检验", ListOf(Nested(Inspection)), "谁检的、结果", "inspections"
    )
    pledge_bases: tuple[CertificateBasis, ...] = field(
        "承诺依据",
        ListOf(Choice(CertificateBasis)),
        "开合格证凭什么，自己定、自己担：可以几样",
        "on what ground the cooperative itself gives its 承诺达标合格证",
    )
    pledge_form: CertificateWording = field(
        "承诺身份",
        Choice(CertificateWording),
        "自己种养的是生产者；收来分装、混装再卖的是收购者",
        "producer, or buyer who mixes or repacks: their wordings differ",
        default=CertificateWording.PRODUCER,
    )
    pledged_by: str | None = field(
        "承诺主体", Ref("producers"), "合格证上由谁承诺；不写就是生产者", "a producer id"
    )
    note: str | None = field("备注", PROSE, "补充一句", "a remark")
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    product: str = ""
    origin: Origin = NOWHERE

    @property
    def key(self) -> str:
        """The key of the batch, `product/lot`, which is unique in a village."""
        return f"{self.product}/{self.lot}"

    @property
    def dated(self) -> Day | None:
        """The day by which lists are sorted."""
        return self.made_on or self.harvested_on

    @property
    def harvested(self) -> tuple[Day, Location] | None:
        """The first day of harvest and its location in the file, or None.

        If no harvest is recorded, it is the day of making, since the harvest was not later.
        """
        events = [each for each in self.events if each.kind in _HARVESTS]
        days: list[tuple[Day, Location]] = [
            (each.at.day, each.origin.of("at")) for each in events if each.at
        ]
        if self.harvested_on:
            days.append((self.harvested_on, self.origin.of("harvested_on")))
        if not days and self.made_on:
            return self.made_on, self.origin.of("made_on")
        return min(days, key=lambda found: earliest(found[0]) or date.max, default=None)

    def latest(self, layer: InspectionLayer) -> Inspection | None:
        """Return the last inspection of a layer, or None. Days decide if all have one, else the order in the record."""
        return next(iter(self._newest_first(layer)), None)

    def checked(self, layer: InspectionLayer) -> list[Inspection]:
        """Return every inspection of a layer: failed ones first, then the newest first."""
        failed = InspectionResult.FAILED
        return sorted(self._newest_first(layer), key=lambda each: each.result is not failed)

    def _newest_first(self, layer: InspectionLayer) -> list[Inspection]:
        found = [each for each in reversed(self.inspections) if each.layer is layer]
        days = [each.checked_on for each in found]
        if None in days:
            return found
        return sorted(found, key=lambda each: each.checked_on or date.min, reverse=True)
