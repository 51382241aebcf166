"""The records of issued 承诺达标合格证: the texts of the paper, and whether it was withdrawn."""

from __future__ import annotations

from datetime import date

from xiangji.model.fields import Choice, Holds, ListOf, Record, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import BATCH, COUNT, DAY, FLAG, LINE, QUANTITY
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import CertificateBasis, CertificateWording

PROMISES = {
    CertificateWording.PRODUCER: (
        "我承诺生产销售的食用农产品：未使用禁用农药、兽药及其他化合物；"
        "使用的常规农药、兽药残留不超标。"
    ),
    CertificateWording.BUYER: (
        "已按规定收取并保存该批次农产品承诺达标合格证或者其他质量安全合格证明；"
        "未违规使用保鲜剂、防腐剂、添加剂等。"
    ),
}
"""The promises, in the exact wording of the law (`standards.md` §4.1)."""

WORDING_SINCE = date(2026, 2, 1)
"""The first day on which this wording applies (农业农村部令 2025 年第 4 号)."""


def promise_of(form: CertificateWording, issued_on: date) -> str:
    """Return the promise on a certificate of that day. Empty before `WORDING_SINCE`, when the wording was different."""
    return PROMISES[form] if issued_on >= WORDING_SINCE else ""


@record("合格证登记", "The register of pledges")
class IssuedCertificate(Record, frozen=True, kw_only=True):
    """One issued certificate: a row of `products/pledges.csv`, with the texts of the paper.

    It stores names, not ids, since a producer may be renamed later and the paper stays as it is.
    """

    number: str = field(
        "编号",
        LINE,
        "一张一个号，不重复",
        "its number, used once",
        required=True,
        holds=Holds.NUMBER,
    )
    batch: str = field("批次", BATCH, "产品/批号", "product/lot", required=True, also=["产品/批号"])
    name: str | None = field("产品名称", LINE, "证上的品名", "the name on it", also=["品名"])
    quantity: Quantity = field(
        "数量", QUANTITY, "证上的数量或重量，带单位", "amount on it, with unit", required=True
    )
    place: str | None = field("产地", LINE, "证上的产地，写全", "the place of origin on it")
    form: CertificateWording = field(
        "承诺身份",
        Choice(CertificateWording),
        "生产者或收购者；不写就是生产者",
        "producer or buyer",
        also=["身份"],
        default=CertificateWording.PRODUCER,
    )
    bases: tuple[CertificateBasis, ...] = field(
        "承诺依据",
        ListOf(Choice(CertificateBasis)),
        "证上打了勾的，可以几样",
        "those ticked on it",
        required=True,
        also=["依据"],
    )
    subject: str = field("承诺主体", LINE, "证上的名称", "who pledged, by name", required=True)
    telephone: str | None = field(
        "联系方式", LINE, "证上的电话", "the number on it", also=["电话"], holds=Holds.TELEPHONE
    )
    issued_on: date = field("开具日期", DAY, "哪天开的", "the day of issue", required=True)
    copies: int | None = field("份数", COUNT, "一样的开了几份", "how many copies")
    withdrawn_on: date | None = field(
        "作废日期", DAY, "收回、作废的写哪天", "the day it was taken back"
    )
    note: str | None = field("说明", LINE, "自己人看的，不公开", "a remark", private=True)
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE

    @property
    def key(self) -> str:
        """Its number, which is unique."""
        return self.number
