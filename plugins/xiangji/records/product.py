"""The records of products: what is sold, by whom, and where to buy it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xiangji.model.fields import Choice, Holds, ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import (
    COUNT,
    DAY,
    FLAG,
    LINE,
    MEDIA,
    MONEY,
    PAPER,
    PROSE,
    QUANTITY,
    SHELF_LIFE,
)
from xiangji.model.values import Quantity, ShelfLife
from xiangji.model.vocabularies import ChannelKind, ProductKind, Shipping
from xiangji.records.delivery import Delivery
from xiangji.records.season import MONTHS, Months
from xiangji.records.shared_fields.credit import CREDITS, Credit
from xiangji.records.shared_fields.excerpt import GIVEN
from xiangji.records.yields import YIELD


@record("规格", "The variant")
class Variant(Record, frozen=True, kw_only=True):
    """A size in which a product is sold."""

    name: str = field(
        "规格", LINE, "例如“500 克罐装”", "e.g. a 500 g jar", required=True, holds=Holds.MEASURE
    )
    net_content: Quantity | None = field("净含量", QUANTITY, "500 克", "net content")
    price: Decimal | None = field("价格", MONEY, "多少元", "price in yuan", schema="price")
    gtin: str | None = field(
        "商品条码", LINE, "只填领过证的条码", "only a licensed GTIN", holds=Holds.NUMBER
    )
    origin: Origin = NOWHERE


@record("购买方式", "The channel")
class Channel(Record, frozen=True, kw_only=True):
    """A way to buy a product."""

    kind: ChannelKind = field(
        "方式", Choice(ChannelKind), "小店、电话、微信、摊位", "kind", required=True
    )
    value: str = field(
        "内容",
        LINE,
        "网址、号码、微信号或地址",
        "link, number or place",
        required=True,
        holds=Holds.TELEPHONE,
    )
    note: str | None = field("备注", LINE, "什么时候有人", "when somebody is there")
    picture: str | None = field(
        "图片", MEDIA, "微信名片的码，长按就能加", "a contact's code, to press and hold"
    )
    origin: Origin = NOWHERE


@record("图片", "The picture")
class Photo(Record, frozen=True, kw_only=True):
    """One more picture of a product."""

    picture: str = field("图片", MEDIA, "图片文件", "picture file", required=True)
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    origin: Origin = NOWHERE


@record("营养成分", "The nutrient")
class Nutrient(Record, frozen=True, kw_only=True):
    """One row of the nutrition table, as printed on the label."""

    name: str = field(
        "项目", LINE, "能量、蛋白质……", "nutrient", required=True, holds=Holds.MEASURE
    )
    per_100g: str = field(
        "每100克", LINE, "含量和单位", "amount per 100 g", required=True, holds=Holds.MEASURE
    )
    nrv: str | None = field(
        "NRV", LINE, "占每日参考值的百分比", "percent of reference value", holds=Holds.MEASURE
    )
    origin: Origin = NOWHERE


@record("证书", "The certificate")
class Certificate(Record, frozen=True, kw_only=True):
    """A certificate that an institution issued, with its scope and period."""

    name: str = field("名称", LINE, "叫什么证", "name", required=True, unchecked=GIVEN)
    issuer: str = field("发证机构", LINE, "谁发的", "issuer", required=True, unchecked=GIVEN)
    number: str | None = field("编号", LINE, "证书编号", "number", holds=Holds.NUMBER)
    file: str | None = field(
        "证书文件", PAPER, "证书的照片或 PDF，页面上能点开", "the certificate as a picture or PDF"
    )
    paper: str = ""
    """The name under which the file is published; empty without one."""
    scope: str | None = field("范围", LINE, "管哪些产品", "what it covers", unchecked=GIVEN)
    valid_from: date | None = field("自", DAY, "从哪天起", "valid from")
    valid_to: date | None = field("至", DAY, "到哪天止", "valid to")
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE

    def valid_on(self, day: date) -> bool:
        """Whether the certificate is valid on `day`. A missing date sets no limit."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


# Label facts that apply to every batch. Product and Version share these fields.
_INGREDIENTS = field(
    "配料", ListOf(LINE), "从多到少", "ingredients, most first", holds=Holds.MEASURE
)
_ALLERGENS = field("致敏物质", ListOf(LINE), "含有什么", "allergens")
_NUTRITION = field("营养成分", ListOf(Nested(Nutrient)), "标签上的表", "table")
_MATERIAL = field("材料", LINE, "手工艺品用什么做的", "material", schema="material")
_SIZE = field("尺寸", LINE, "长宽高", "dimensions", schema="size", holds=Holds.MEASURE)
_NET_CONTENT = field("净含量", QUANTITY, "500 克", "net content")
_STANDARD = field("产品标准", LINE, "产品标准代号", "product standard code", holds=Holds.NUMBER)
_LICENCE = field(
    "许可证号", LINE, "食品生产许可证编号", "food production licence", holds=Holds.NUMBER
)
_STORAGE = field("贮存", LINE, "怎么放", "storage", also=["贮存条件"])
_SHELF_LIFE = field("保质期", SHELF_LIFE, "12个月、7天", "shelf life")
_VARIETY = field("品种", LINE, "什么品种、哪里来的种", "variety and stock")
_GRADE = field("等级", LINE, "产品标准分等级的写", "grade, where the standard has any")
_MAKERS = field("生产者", ListOf(Ref("producers")), "谁做的", "producers")
_VARIANTS = field("规格", ListOf(Nested(Variant)), "几种包装", "variants")
_PLACE = field("产地", Ref("places"), "产在哪", "a place id")


@record("以前的一版", "The earlier version")
class Version(Record, frozen=True, kw_only=True):
    """An earlier version of a product's label: only the fields that differ from the version after it.

    It applies to the batches that were made before the next version.
    """

    since: date | None = field(
        "从哪一天起",
        DAY,
        "这一版是哪天做的开始用的；最早的一版不用写",
        "first day of making of this version; none for the first one",
    )
    name: str | None = field("名称", LINE, "那时的产品名", "the name it had")
    ingredients: tuple[str, ...] = _INGREDIENTS
    allergens: tuple[str, ...] = _ALLERGENS
    nutrition: tuple[Nutrient, ...] = _NUTRITION
    material: str | None = _MATERIAL
    size: str | None = _SIZE
    net_content: Quantity | None = _NET_CONTENT
    standard: str | None = _STANDARD
    licence: str | None = _LICENCE
    storage: str | None = _STORAGE
    shelf_life: ShelfLife | None = _SHELF_LIFE
    variety: str | None = _VARIETY
    grade: str | None = _GRADE
    makers: tuple[str, ...] = _MAKERS
    variants: tuple[Variant, ...] = _VARIANTS
    place: str | None = _PLACE
    origin: Origin = NOWHERE


@record("产品", "The product")
class Product(Record, frozen=True, kw_only=True):
    """A product: `products/<product>/product.yml`. The name of the folder is its id and part of its address."""

    name: str = field("名称", LINE, "产品名", "name", required=True, schema="name")
    kind: ProductKind = field(
        "类型",
        Choice(ProductKind),
        "农产品、加工食品、手工艺、文创或服务",
        "produce, processed, handicraft, creative or service",
        required=True,
    )
    category: str | None = field("类别", LINE, "目录里的小类，如“腊味”", "catalogue category")
    variety: str | None = _VARIETY
    grade: str | None = _GRADE
    position: str | None = field(
        "一句话", LINE, "一句话说清它好在哪", "one line", schema="description"
    )
    intro: str | None = field("介绍", PROSE, "几句话", "a few sentences")
    makers: tuple[str, ...] = _MAKERS
    people: tuple[str, ...] = field("能工巧匠", ListOf(Ref("people")), "哪些人做的", "people")
    credits: tuple[Credit, ...] = CREDITS
    picture: str | None = field("图片", MEDIA, "主图", "main picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    pictures: tuple[Photo, ...] = field(
        "更多图片", ListOf(Nested(Photo)), "左右滑着看的几张", "more pictures, to swipe through"
    )
    ingredients: tuple[str, ...] = _INGREDIENTS
    allergens: tuple[str, ...] = _ALLERGENS
    nutrition: tuple[Nutrient, ...] = _NUTRITION
    material: str | None = _MATERIAL
    size: str | None = _SIZE
    net_content: Quantity | None = _NET_CONTENT
    standard: str | None = _STANDARD
    licence: str | None = _LICENCE
    storage: str | None = _STORAGE
    shelf_life: ShelfLife | None = _SHELF_LIFE
    yield_rate: Decimal | None = field(
        "出品率",
        YIELD,
        "100 斤料出多少斤：40%，或者 5:1；自己人核对数量用，不公开",
        "how much is made of 100 of raw material; only for checking amounts, never published",
        also=["得率"],
        private=True,
    )
    usage: str | None = field(
        "吃法用法", PROSE, "怎么吃、怎么用", "how to eat or use it", also=["吃法"]
    )
    season: str | None = field("时令", LINE, "什么时候有", "season")
    months: Months | None = field(
        "当季月份", MONTHS, "哪几个月当季，如“11—2月”", "months in season, such as 11-2月"
    )
    shipping: Shipping | None = field("发货", Choice(Shipping), "现在能不能发", "shipping state")
    shipping_note: str | None = field("发货说明", LINE, "发到哪里、冷链", "regions, cold chain")
    delivery: Delivery | None = field(
        "配送",
        Nested(Delivery),
        "几天发出、运费；不写就照生产者的",
        "days and freight; the producer's where it has none of its own",
    )
    direct: bool = field(
        "原产地直供",
        FLAG,
        "在产地包装、从产地发的写“是”；哪一批的记录证明不了，那一批的页面上就说缺什么",
        "yes: packed and sent where it is made; each lot has to prove it by its steps",
        default=False,
    )
    variants: tuple[Variant, ...] = _VARIANTS
    channels: tuple[Channel, ...] = field("购买方式", ListOf(Nested(Channel)), "去哪买", "channels")
    certificates: tuple[Certificate, ...] = field(
        "证书", ListOf(Nested(Certificate)), "有证才写", "certificates"
    )
    gtin: str | None = field(
        "商品条码", LINE, "只填领过证的条码", "only a licensed GTIN", holds=Holds.NUMBER
    )
    claims: tuple[Claim, ...] = field("断言", ListOf(Nested(Claim)), "要有证据的话", "claims")
    ordinary: tuple[str, ...] = field(
        "平常话", ListOf(LINE), "看着像断言、其实是平常话的句子", "lines that assert nothing"
    )
    lint_allow: tuple[Allowance, ...] = field(
        "放行", ListOf(Nested(Allowance)), "问过、有依据的广告用语", "reviewed advertising words"
    )
    story: str | None = field(
        "故事", Ref("stories"), "最先讲的那个故事", "the story told first", also=["主故事"]
    )
    order: int | None = field("排序", COUNT, "目录里第几个；不写的排在后面", "place in lists")
    place: str | None = _PLACE
    since: date | None = field(
        "从哪一天起",
        DAY,
        "配料、净含量……换过的，现在这样写的从哪天做的起用；换之前的写在“以前”",
        "first day of making to which the facts of the label apply as they stand now",
    )
    earlier: tuple[Version, ...] = field(
        "以前",
        ListOf(Nested(Version)),
        "换过的，那时是怎么写的：只写和后来不一样的，新的在前；那时做的每一批照旧",
        "what the label said before, only where it differed from the version after it, newest first",
    )
    corrected: tuple[Version, ...] = field(
        "写错过",
        ListOf(Nested(Version)),
        "从来没有这样的，是写错了、后来改正的",
        "what was never true: written by mistake, and corrected",
    )
    digital_label: bool = field(
        "数字标签",
        FLAG,
        "写“是”，每一批的页面就是数字标签：标签内容在最前，没有买卖的话，改过什么写明",
        "yes: every batch sheet is a digital food label, with a record of changes",
        default=False,
    )
    hidden: bool = field(
        "不上架", FLAG, "只作原料、不卖的写“是”", "yes: not for sale", default=False
    )
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    id: str = ""
    origin: Origin = NOWHERE
