"""承诺达标合格证 that were issued: what the paper says, and what became of it."""

from __future__ import annotations

from datetime import date

from xiangji.records.fields import Choice, ListOf, Record, called, fact
from xiangji.records.kinds import BATCH, COUNT, DAY, FLAG, LINE, QUANTITY
from xiangji.records.location import NOWHERE, Origin
from xiangji.records.values import Quantity
from xiangji.records.words import PledgeBasis, PledgeForm

PROMISES = {
    PledgeForm.PRODUCER: (
        "我承诺生产销售的食用农产品：未使用禁用农药、兽药及其他化合物；"
        "使用的常规农药、兽药残留不超标。"
    ),
    PledgeForm.BUYER: (
        "已按规定收取并保存该批次农产品承诺达标合格证或者其他质量安全合格证明；"
        "未违规使用保鲜剂、防腐剂、添加剂等。"
    ),
}
"""The wording of the law, letter by letter (`standards.md` §4.1)."""

WORDING_SINCE = date(2026, 2, 1)
"""From this day on the wording is this one (农业农村部令 2025 年第 4 号)."""


def promise_of(form: PledgeForm, issued_on: date) -> str:
    """What was promised on a paper of that day; empty for one of older days, whose wording was
    another."""
    return PROMISES[form] if issued_on >= WORDING_SINCE else ""


@called("合格证登记", "The register of pledges")
class IssuedPledge(Record, frozen=True, kw_only=True):
    """One issued certificate: a row of `products/pledges.csv`, as the paper says it.

    Names and not ids: a producer may get another name, and the paper will not.
    """

    number: str = fact("编号", LINE, "一张一个号，不重复", "its number, used once", required=True)
    batch: str = fact("批次", BATCH, "产品/批号", "product/lot", required=True, also=["产品/批号"])
    name: str | None = fact("产品名称", LINE, "证上的品名", "the name on it", also=["品名"])
    quantity: Quantity = fact(
        "数量", QUANTITY, "证上的数量或重量，带单位", "amount on it, with unit", required=True
    )
    place: str | None = fact("产地", LINE, "证上的产地，写全", "the place of origin on it")
    form: PledgeForm = fact(
        "承诺身份",
        Choice(PledgeForm),
        "生产者或收购者；不写就是生产者",
        "producer or buyer",
        also=["身份"],
        default=PledgeForm.PRODUCER,
    )
    bases: tuple[PledgeBasis, ...] = fact(
        "承诺依据",
        ListOf(Choice(PledgeBasis)),
        "证上打了勾的，可以几样",
        "those ticked on it",
        required=True,
        also=["依据"],
    )
    subject: str = fact("承诺主体", LINE, "证上的名称", "who pledged, by name", required=True)
    telephone: str | None = fact("联系方式", LINE, "证上的电话", "the number on it", also=["电话"])
    issued_on: date = fact("开具日期", DAY, "哪天开的", "the day of issue", required=True)
    copies: int | None = fact("份数", COUNT, "一样的开了几份", "how many copies")
    withdrawn_on: date | None = fact(
        "作废日期", DAY, "收回、作废的写哪天", "the day it was taken back"
    )
    note: str | None = fact("说明", LINE, "自己人看的，不公开", "a remark, never published")
    sample: bool = fact("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE
