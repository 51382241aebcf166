"""A row of a price list: what a variant of a product costs. Price lists are imported into the products' own files."""

from __future__ import annotations

from decimal import Decimal

from xiangji.model.fields import Holds, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import LINE, MONEY, QUANTITY
from xiangji.model.values import Quantity


@record("价目", "The price")
class Price(Record, frozen=True, kw_only=True):
    """The price of a variant. Its fields are those of `product.Variant`, with the product."""

    product: str = field(
        "产品",
        Ref("products"),
        "编号（文件夹名）或者名称",
        "id or name of the product",
        required=True,
        also=["产品名称", "品名", "商品", "商品名称"],
    )
    name: str = field(
        "规格",
        LINE,
        "例如“500 克罐装”，和产品文件里写的一样",
        "the variant as the product's file names it",
        required=True,
        holds=Holds.MEASURE,
    )
    price: Decimal = field(
        "价格",
        MONEY,
        "多少元",
        "price in yuan",
        required=True,
        also=["单价", "零售价", "售价", "价格（元）", "单价（元）"],
    )
    net_content: Quantity | None = field("净含量", QUANTITY, "500 克", "net content")
    origin: Origin = NOWHERE
