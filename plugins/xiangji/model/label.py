"""The label: one table of its items, from which pages, papers, checks and the change record are made.

Whoever shows, checks or records an item asks the table for it by key. What an item is called, which clause wants it and
where its value stands is declared here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xiangji.model.label_item import (
    FARM,
    NEW,
    OLD,
    Clause,
    Demand,
    Form,
    Key,
    LabelItem,
    Labelled,
    LabelRow,
    Wording,
)
from xiangji.records.values import said_date
from xiangji.records.words import ProductKind

# --- values --------------------------------------------------------------------------------------


def _net(about: Labelled) -> str:
    """The net content of a batch's size, else the product's."""
    product, batch = about.product, about.batch
    net = product.net_content
    variant = next((v for v in product.variants if batch and v.name == batch.variant), None)
    if variant and variant.net_content:
        net = variant.net_content
    return str(net) if net else ""


def _net_is_known(about: Labelled) -> bool:
    each = [variant.net_content for variant in about.product.variants]
    return bool(about.product.net_content) or (bool(each) and all(each))


def _made_on(about: Labelled) -> str:
    return said_date(about.batch.made_on) if about.batch and about.batch.made_on else ""


def _until(about: Labelled) -> str:
    """The last good day, computed from shelf life and day of making."""
    life, batch = about.product.shelf_life, about.batch
    return said_date(life.last_day(batch.made_on)) if life and batch and batch.made_on else ""


def _life(about: Labelled) -> str:
    return str(about.product.shelf_life) if about.product.shelf_life else ""


def _quantity(about: Labelled) -> str:
    return str(about.batch.quantity) if about.batch and about.batch.quantity else ""


def _of_batch(field: str) -> Callable[[Labelled], str]:
    """What a field of the batch says."""
    return lambda about: str(getattr(about.batch, field, None) or "")


# --- clauses -------------------------------------------------------------------------------------

_IF_ANY = Demand.IF_ANY


def _food(old: str, new: str, demand: Demand = Demand.MUST) -> dict[str, Clause]:
    """食品安全法 art. 67 and GB 7718. Clauses of the old edition are written from memory (`standards.md` §4.2 has only
    the new ones); its numbers end in 2027. Nothing where an edition does not want the item."""
    return {rules: Clause(each, demand) for rules, each in ((OLD, old), (NEW, new)) if each}


def _farm(demand: Demand = Demand.MUST) -> dict[str, Clause]:
    """农产品质量安全法 art. 38."""
    return {FARM: Clause("第三十八条", demand)}


# --- the table -----------------------------------------------------------------------------------

_UNLABELLED = (ProductKind.HANDICRAFT, ProductKind.CREATIVE, ProductKind.SERVICE)
"""Kinds whose label no law describes."""

ITEMS: dict[Key, LabelItem] = {
    Key.NAME: LabelItem(
        en="name",
        words=Wording("名称", digital="食品名称"),
        words_of={ProductKind.PRODUCE: Wording("名称", digital="品名")},
        value=lambda about: about.product.name,
        clauses=_food("4.1.2", "4.2") | _farm(),
    ),
    Key.KIND: LabelItem(
        en="kind", words=Wording("类型"), value=lambda about: str(about.product.kind)
    ),
    Key.INGREDIENTS: LabelItem(
        en="ingredients",
        words=Wording("配料"),
        value=lambda about: "、".join(about.product.ingredients),
        clauses=_food("4.1.3", "4.3"),
    ),
    Key.ALLERGENS: LabelItem(
        en="allergens",
        words=Wording("致敏物质"),
        value=lambda about: "、".join(about.product.allergens),
        clauses=_food("", "4.12", _IF_ANY),  # The old edition only advises it.
    ),
    Key.NET: LabelItem(
        en="net content",
        words=Wording("净含量"),
        value=_net,
        held=_net_is_known,
        clauses=_food("4.1.5", "4.5"),
    ),
    Key.VARIANT: LabelItem(
        en="size",
        words=Wording("规格"),
        value=_of_batch("variant"),
        clauses=_food("4.1.5", "4.5", _IF_ANY),
        of_batch=True,
        optional=True,
    ),
    Key.MAKERS: LabelItem(
        en="producer",
        words=Wording("生产者", head="谁做的"),
        value=lambda about: about.makers,
        clauses=_food("4.1.6", "4.6") | _farm(),
    ),
    Key.ADDRESS: LabelItem(
        en="address",
        words=Wording("地址"),
        value=lambda about: about.address,
        clauses=_food("4.1.6", "4.6"),
        repeated=False,
    ),
    Key.TELEPHONE: LabelItem(
        en="telephone",
        words=Wording("联系方式"),
        value=lambda about: about.telephone,
        clauses=_food("4.1.6", "4.6"),
        repeated=False,
    ),
    Key.MADE_ON: LabelItem(
        en="day of making",
        words=Wording("生产日期", head="做于"),
        words_of={ProductKind.PRODUCE: Wording("采收日期", head="采收")},
        value=_made_on,
        clauses=_food("4.1.7", "4.7") | _farm(),
        of_batch=True,
    ),
    Key.LIFE: LabelItem(
        en="shelf life",
        words=Wording("保质期"),
        value=_life,
        clauses=_food("4.1.7", "4.7") | _farm(),
    ),
    Key.UNTIL: LabelItem(
        en="last good day",
        words=Wording("到期日", printed="保质期到期日"),
        value=_until,
        clauses=_food("", "4.7", Demand.FOLLOWS),
        of_batch=True,
    ),
    Key.LOT: LabelItem(en="lot", words=Wording("批号"), value=_of_batch("lot"), of_batch=True),
    Key.STORAGE: LabelItem(
        en="storage",
        words=Wording("贮存", digital="贮存条件"),
        words_of=dict.fromkeys(_UNLABELLED, Wording("保养")),
        value=lambda about: about.product.storage or "",
        clauses=_food("4.1.8", "4.8"),
    ),
    Key.LICENCE: LabelItem(
        en="licence",
        words=Wording("许可证号", printed="食品生产许可证编号"),
        value=lambda about: about.product.licence or about.licence,
        clauses=_food("4.1.9", "4.9"),
    ),
    Key.STANDARD: LabelItem(
        en="product standard",
        words=Wording("产品标准", printed="产品标准代号"),
        value=lambda about: about.product.standard or "",
        clauses=_food("4.1.10", "4.10"),
    ),
    Key.PLACE: LabelItem(
        en="place of production",
        words=Wording("产地"),
        value=lambda about: about.place,
        held=lambda about: bool(about.product.place),
        clauses=_farm(),
    ),
    Key.VARIETY: LabelItem(
        en="variety",
        words=Wording("品种"),
        value=lambda about: about.product.variety or "",
        optional=True,
    ),
    Key.GRADE: LabelItem(
        en="grade",
        words=Wording("等级"),
        value=lambda about: about.product.grade or "",
        clauses=_food("4.1.11.4", "4.11", _IF_ANY) | _farm(_IF_ANY),
        optional=True,
    ),
    Key.MATERIAL: LabelItem(
        en="material", words=Wording("材料"), value=lambda about: about.product.material or ""
    ),
    Key.SIZE: LabelItem(
        en="dimensions", words=Wording("尺寸"), value=lambda about: about.product.size or ""
    ),
    Key.NUTRITION: LabelItem(
        en="nutrient",
        words=Wording("营养成分", digital="营养成分表"),
        # Whether a product needs a table depends on exemptions that the data cannot tell.
        clauses=_food("GB 28050-2011", "GB 28050-2025", _IF_ANY),
    ),
    # What a sheet says besides, and the change record with it.
    Key.QUANTITY: LabelItem(en="quantity", words=Wording("数量"), value=_quantity, of_batch=True),
    Key.STATUS: LabelItem(
        en="state", words=Wording("状态"), value=_of_batch("status"), of_batch=True
    ),
    # Free text, in which an author may have corrected what should never have stood there.
    Key.REASON: LabelItem(en="reason", words=Wording("原因"), of_batch=True, repeated=False),
    Key.ADVICE: LabelItem(en="advice", words=Wording("怎么办"), of_batch=True, repeated=False),
    Key.INPUTS: LabelItem(
        en="lots used",
        words=Wording("往前一步", record="用料批次"),
        value=lambda about: "、".join(about.batch.inputs) if about.batch else "",
        of_batch=True,
    ),
    Key.DESTINATION: LabelItem(
        en="destination", words=Wording("往后一步", record="去向"), of_batch=True, repeated=False
    ),
    Key.FARM_INPUT: LabelItem(
        en="farm input", words=Wording("投入品"), of_batch=True, repeated=False
    ),
}

# --- where they stand ----------------------------------------------------------------------------

_MAKER = (Key.MAKERS, Key.ADDRESS, Key.TELEPHONE)
_DATED = (Key.MADE_ON, Key.LIFE, Key.UNTIL, Key.LOT)
_BREED = (Key.VARIETY, Key.GRADE)
_CRAFT = (Key.MATERIAL, Key.SIZE, Key.STORAGE)

_LAW: Mapping[ProductKind, tuple[Key, ...]] = {
    # In the order of GB 7718-2025 (4.2 to 4.11), allergens beside the ingredients as 4.12 allows.
    ProductKind.PROCESSED: (
        *(Key.NAME, Key.INGREDIENTS, Key.ALLERGENS, Key.NET, Key.VARIANT, *_MAKER, *_DATED),
        *(Key.STORAGE, Key.LICENCE, Key.STANDARD, Key.PLACE, *_BREED),
    ),
    ProductKind.PRODUCE: (Key.NAME, Key.PLACE, *_MAKER, *_DATED, Key.STORAGE, *_BREED),
}
ARRANGEMENTS: Mapping[Form, Mapping[ProductKind, tuple[Key, ...]]] = {
    Form.PAGE: {
        ProductKind.PROCESSED: (
            *(Key.INGREDIENTS, Key.ALLERGENS, Key.NET, Key.LIFE, Key.UNTIL, Key.STORAGE, *_MAKER),
            *(Key.LICENCE, Key.STANDARD, *_BREED),
        ),
        ProductKind.PRODUCE: (*_BREED, Key.PLACE, Key.LIFE, Key.UNTIL, Key.STORAGE, *_MAKER),
        **dict.fromkeys(_UNLABELLED, _CRAFT),
    },
    Form.HEAD: dict.fromkeys(ProductKind, (Key.MAKERS, Key.MADE_ON, Key.LOT, Key.PLACE)),
    Form.DIGITAL: _LAW,
    Form.PRINTED: {
        **_LAW,
        **dict.fromkeys(_UNLABELLED, (*_CRAFT, Key.MAKERS, Key.MADE_ON, Key.LOT)),
    },
}
"""Which items stand on a form, and in which order. The change record has its own: `sources/label_facts.py`."""

PER = "每 100 克"
"""What the amounts of a nutrition table are of."""

TITLE = "标签上的内容"
"""Above the items, where they do not come first."""
TITLES = {ProductKind.HANDICRAFT: "材料和尺寸", ProductKind.CREATIVE: "材料和尺寸"}
"""The same above what somebody made and nobody eats."""


def heading(key: Key, form: Form, kind: ProductKind | None = None, rules: str = "") -> str:
    """What an item is called on a form."""
    return ITEMS[key].heading(form, kind, rules)


def label_of(form: Form, about: Labelled, rules: str = "") -> list[LabelRow]:
    """The items that stand on a form of a label, with what is recorded."""
    kind = about.product.kind
    shown = []
    for key in ARRANGEMENTS[form].get(kind, ()):
        item = ITEMS[key]
        if item.of_batch and about.batch is None:
            continue
        value = item.said(about)
        if value or not item.optional:
            shown.append(LabelRow(key, item.heading(form, kind, rules), value))
    return shown
