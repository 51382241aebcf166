"""Prepares the 承诺达标合格证 on a batch sheet. It shows only certificates that the register lists as issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from xiangji.conformity.certificate import TITLE
from xiangji.conformity.issued import ended
from xiangji.model.parsing.telephone import CallPart, call_parts
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate, promise_of
from xiangji.records.product import Product

_MOST = 12
"""The most earlier certificates that are listed. A batch sold in crates may have one for each crate."""


class CertificateRow(NamedTuple):
    """A row of the certificate: its heading and its value. `parts` are the numbers to call in a telephone's value."""

    heading: str
    value: str
    parts: tuple[CallPart, ...] = ()


class CertificateView(Struct, frozen=True):
    """The view of one certificate.

    `why` says why it is no longer valid; `promise` is then empty. `earlier` lists the others in short.
    """

    title: str
    promise: str
    rows: tuple[CertificateRow, ...]
    why: str
    subject: str
    sample: bool
    earlier: tuple[str, ...]


def pledged(
    batch: Batch, product: Product, issued: Sequence[IssuedCertificate], state: str = ""
) -> CertificateView | None:
    """Return the certificate to show of those `issued` for a batch, which are sorted newest first.

    It is the newest valid one, or the newest if none is valid. `state` says what is wrong with the lot; then no promise
    is valid. None if none was issued, or if the product is no farm produce.
    """
    if not issued or product.kind is not ProductKind.PRODUCE:
        return None
    row = next((each for each in issued if not ended(each, batch)[0]), issued[0])
    why = ended(row, batch)[0] or state
    others = [each for each in issued if each is not row]
    earlier = [_short(each) for each in others[:_MOST]]
    if len(others) > _MOST:
        earlier.append(f"还有 {len(others) - _MOST} 张")
    return CertificateView(
        TITLE,
        "" if why else promise_of(row.form, row.issued_on),
        _rows(row),
        why,
        row.subject,
        row.sample or batch.sample or product.sample,
        tuple(earlier),
    )


def _rows(row: IssuedCertificate) -> tuple[CertificateRow, ...]:
    """Return the rows of the certificate in the order of the law. An empty value is shown as missing."""
    return (
        CertificateRow("编号", row.number),
        CertificateRow("产品名称", row.name or ""),
        CertificateRow("数量（重量）", str(row.quantity)),
        CertificateRow("产地", row.place or ""),
        CertificateRow("承诺依据", "；".join(map(str, row.bases))),
        CertificateRow("承诺主体", row.subject),
        CertificateRow("联系方式", row.telephone or "", call_parts(row.telephone or "")),
        CertificateRow("开具时间", said_date(row.issued_on)),
    )


def _short(row: IssuedCertificate) -> str:
    told = f"{row.number}（{said_date(row.issued_on)}，{row.quantity}）"
    return f"{told}{said_date(row.withdrawn_on)}作废" if row.withdrawn_on else told
