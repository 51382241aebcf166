"""Declares printed codes: rows of the register `products/codes.csv`, which only grows."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.code import PrintedCode

KIND = RecordKind(
    name="codes",
    one="code",
    record=PrintedCode,
    files=(RecordFile("codes", ("products/codes",), listed=True, ending="csv"),),
    family="trace",
    heading="印过的码",
    lead="每个印出去的码，今天通向哪里。",
    publishable=always,
    key="key",
    numerous=True,
    title="address",
    measure="个",
    page="",
    exports=(),
)
