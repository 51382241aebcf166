"""Declares products: each in a folder of `products/`, with its batches."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.product import Product

KIND = RecordKind(
    name="products",
    one="product",
    record=Product,
    files=(RecordFile("product", ("products/*/product",), ("id",)),),
    family="products",
    heading="产品",
    lead="村里做的、种的、编的。",
    publishable=always,
    title="name",
    note="position",
    measure="样",
    exports=(),
)
