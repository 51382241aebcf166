"""Declares issued 承诺达标合格证: rows of the register `products/pledges.csv`, which only grows."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.conformity import IssuedCertificate

KIND = RecordKind(
    name="pledges",
    one="pledge",
    record=IssuedCertificate,
    files=(RecordFile("pledges", ("products/pledges",), listed=True, ending="csv"),),
    family="trace",
    heading="承诺达标合格证",
    lead="开过的合格证，一张一行。",
    publishable=always,
    key="key",
    numerous=True,
    title="number",
    measure="张",
    page="",
    exports=(),
)
