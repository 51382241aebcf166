"""Declares batches: rows of a product's table `products/<product>/batches.csv`, a file each in `batches/`, or rows of the
ledger of all products, `products/batches.csv`."""

from __future__ import annotations

from xiangji import urls
from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.batch import Batch

KIND = RecordKind(
    name="batches",
    one="batch",
    record=Batch,
    files=(
        RecordFile("batches", ("products/*/batches",), ("product",), listed=True, ending="csv"),
        RecordFile("ledger", ("products/batches",), listed=True, ending="csv"),
        RecordFile("batch", ("products/*/batches/*",), ("product",)),
    ),
    family="trace",
    heading="查批次",
    lead="扫不了码，也可以在这里找：先点产品，再按罐子上印的批号找到那一批。",
    publishable=always,
    key="key",
    listed_at=urls.TRACE,
    numerous=True,
    title="lot",
    measure="批",
    exports=(),
)
