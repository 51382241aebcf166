"""Prepares the 承诺达标合格证 on a batch sheet. It shows only certificates that the register lists as issued."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from xiangji.conformity.certificate import TITLE
from xiangji.conformity.issued import ended
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate, promise_of
from xiangji.records.product import Product
from xiangji.render.context import Link

CONTACT = "联系方式"
"""The row whose value is a telephone number, which becomes a link."""

_MOST = 12
"""The most earlier certificates that are listed. A batch sold in crates may have one for each crate."""


class CertificateView(Struct, frozen=True):
    """The view of one certificate.

    `why` says why it is no longer valid; `promise` is then empty. In `rows`, `text` is the heading and `href` the
    value. The value of the row `contact` is a telephone number. `earlier` lists the others in short.
    """

    title: str
    promise: str
    rows: tuple[Link, ...]
    why: str
    subject: str
    sample: bool
    earlier: tuple[str, ...]
    contact: str = CONTACT


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


def _rows(row: IssuedCertificate) -> tuple[Link, ...]:
    """Return the rows of the certificate in the order of the law. An empty value is shown as missing."""
    return (
        Link("编号", row.number),
        Link("产品名称", row.name or ""),
        Link("数量（重量）", str(row.quantity)),
        Link("产地", row.place or ""),
        Link("承诺依据", "；".join(map(str, row.bases))),
        Link("承诺主体", row.subject),
        Link(CONTACT, row.telephone or ""),
        Link("开具时间", said_date(row.issued_on)),
    )


def _short(row: IssuedCertificate) -> str:
    told = f"{row.number}（{said_date(row.issued_on)}，{row.quantity}）"
    return f"{told}{said_date(row.withdrawn_on)}作废" if row.withdrawn_on else told
