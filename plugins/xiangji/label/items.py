"""The table of all label items, for pages, paper, checks and the change record.

The heading of an item, the clauses that require it and the source of its value are declared only here. Other modules
look items up by key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xiangji.label.item import (
    FARM,
    NEW,
    OLD,
    Demand,
    LabelClause,
    LabelForm,
    LabelItem,
    LabelKey,
    Labelled,
    LabelRow,
    LabelWording,
)
from xiangji.label.versions import counted_from, said_until
from xiangji.model.parsing.partial_date import said_day, whole_day
from xiangji.model.parsing.telephone import call_parts
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import EventKind, ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product

# --- values --------------------------------------------------------------------------------------


def _net(about: Labelled) -> str:
    """Return the net content of a batch, or all net contents of a product's sizes."""
    amounts = [net_of(about)] if about.batch else _nets(about.product)
    return "、".join(dict.fromkeys(str(each) for each in amounts if each))


def net_of(about: Labelled) -> Quantity | None:
    """Return the net content of a batch: that of its size, or else that of the product.

    If the batch has no size and the product no net content, it is that of all sizes if they agree. Else None.
    """
    product, batch = about.product, about.batch
    of_size = next((v for v in product.variants if batch and v.name == batch.variant), None)
    if of_size:
        return of_size.net_content or product.net_content
    if product.net_content:
        return product.net_content
    each = set(_nets(product))
    return each.pop() if len(each) == 1 else None


def _nets(product: Product) -> list[Quantity | None]:
    """Return the net content of each size of a product, or that of the product if it has no sizes."""
    own = product.net_content
    return [variant.net_content or own for variant in product.variants] or [own]


def _gtin(about: Labelled) -> str:
    """Return the bar code number of a batch, or those of all sizes of a product.

    The number of the product is that of a size without its own only if no size has one.
    """
    product, batch = about.product, about.batch
    own = [each for each in product.variants if each.gtin]
    if not own:
        return product.gtin or ""
    if batch is not None:
        return next((each.gtin or "" for each in own if each.name == batch.variant), "")
    if len(product.variants) == 1:
        return own[0].gtin or ""
    return "、".join(f"{each.gtin}（{each.name}）" for each in own)


def _net_is_known(about: Labelled) -> bool:
    return all(_nets(about.product)) if about.batch is None else bool(net_of(about))


def _day(field: str) -> Callable[[Labelled], str]:
    """Return a function that returns a day of the batch as text, as far as it is known."""

    def said(about: Labelled) -> str:
        day = getattr(about.batch, field, None)
        return said_day(day) if day else ""

    return said


def _day_is_known(about: Labelled) -> bool:
    """Whether the day from which the label counts is complete. The law requires year, month and day."""
    return bool(about.batch and whole_day(counted_from(about.product, about.batch)))


def _until(about: Labelled) -> str:
    """Return the last good day, computed from the shelf life and the day of making."""
    return said_until(about.product, about.batch) if about.batch else ""


def _is_produce(about: Labelled) -> bool:
    return about.product.kind is ProductKind.PRODUCE


def _has_no_harvest(about: Labelled) -> bool:
    """Whether a day of harvest is not needed: the product is no produce, or its batch has a day of making."""
    return not _is_produce(about) or bool(about.batch and about.batch.made_on)


def _of_animals(batch: Batch) -> LabelWording | None:
    """The headings of the day on which animals left their place: nobody harvests a chicken."""
    kinds = {each.kind for each in batch.events}
    animals = EventKind.SLAUGHTER in kinds and EventKind.HARVEST not in kinds
    return LabelWording("出栏日期", head="出栏") if animals else None


def _life(about: Labelled) -> str:
    return str(about.product.shelf_life) if about.product.shelf_life else ""


def _quantity(about: Labelled) -> str:
    return str(about.batch.quantity) if about.batch and about.batch.quantity else ""


def _of_batch(field: str) -> Callable[[Labelled], str]:
    """Return a function that returns a field of the batch as text."""
    return lambda about: str(getattr(about.batch, field, None) or "")


# --- clauses -------------------------------------------------------------------------------------

_IF_ANY = Demand.IF_ANY


def _food(old: str, new: str, demand: Demand = Demand.MUST) -> dict[str, LabelClause]:
    """Return the clauses of GB 7718 (by 食品安全法 art. 67) in its `old` and `new` edition. Empty if one has none.

    The clause numbers of the old edition are from memory, since `standards.md` §4.2 has only the new ones. The old
    edition ends in 2027.
    """
    return {rules: LabelClause(each, demand) for rules, each in ((OLD, old), (NEW, new)) if each}


def _farm(demand: Demand = Demand.MUST) -> dict[str, LabelClause]:
    """Return the clause of 农产品质量安全法 art. 38."""
    return {FARM: LabelClause("第三十八条", demand)}


# --- the table -----------------------------------------------------------------------------------

_UNLABELLED = (ProductKind.HANDICRAFT, ProductKind.CREATIVE, ProductKind.SERVICE)
"""Kinds of products for which no law prescribes a label."""

ITEMS: dict[LabelKey, LabelItem] = {
    LabelKey.NAME: LabelItem(
        en="name",
        words=LabelWording("名称", digital="食品名称"),
        words_of={ProductKind.PRODUCE: LabelWording("名称", digital="品名")},
        value=lambda about: about.product.name,
        clauses=_food("4.1.2", "4.2") | _farm(),
    ),
    LabelKey.KIND: LabelItem(
        en="kind", words=LabelWording("类型"), value=lambda about: str(about.product.kind)
    ),
    LabelKey.INGREDIENTS: LabelItem(
        en="ingredients",
        words=LabelWording("配料"),
        value=lambda about: "、".join(about.product.ingredients),
        clauses=_food("4.1.3", "4.3"),
    ),
    LabelKey.ALLERGENS: LabelItem(
        en="allergens",
        words=LabelWording("致敏物质"),
        value=lambda about: "、".join(about.product.allergens),
        clauses=_food("", "4.12", _IF_ANY),  # The old edition only advises it.
    ),
    LabelKey.NET: LabelItem(
        en="net content",
        words=LabelWording("净含量"),
        value=_net,
        held=_net_is_known,
        clauses=_food("4.1.5", "4.5"),
    ),
    LabelKey.VARIANT: LabelItem(
        en="size",
        words=LabelWording("规格"),
        value=_of_batch("variant"),
        clauses=_food("4.1.5", "4.5", _IF_ANY),
        of_batch=True,
        optional=True,
    ),
    LabelKey.MAKERS: LabelItem(
        en="producer",
        words=LabelWording("生产者", head="谁做的"),
        value=lambda about: about.makers,
        clauses=_food("4.1.6", "4.6") | _farm(),
    ),
    LabelKey.ADDRESS: LabelItem(
        en="address",
        words=LabelWording("地址"),
        value=lambda about: about.address,
        clauses=_food("4.1.6", "4.6"),
        repeated=False,
    ),
    LabelKey.TELEPHONE: LabelItem(
        en="telephone",
        words=LabelWording("联系方式"),
        value=lambda about: about.telephone,
        clauses=_food("4.1.6", "4.6"),
        repeated=False,
    ),
    LabelKey.HARVESTED_ON: LabelItem(
        en="day of harvest",
        words=LabelWording("采收日期", head="采收"),
        words_of_batch=_of_animals,
        value=_day("harvested_on"),
        held=_day_is_known,
        clauses=_farm(),
        of_batch=True,
        needless=_has_no_harvest,
    ),
    LabelKey.MADE_ON: LabelItem(
        en="day of making",
        words=LabelWording("生产日期", head="做于"),
        words_of={ProductKind.PRODUCE: LabelWording("生产日期")},
        value=_day("made_on"),
        held=_day_is_known,
        clauses=_food("4.1.7", "4.7"),
        of_batch=True,
        needless=_is_produce,
    ),
    LabelKey.LIFE: LabelItem(
        en="shelf life",
        words=LabelWording("保质期"),
        value=_life,
        clauses=_food("4.1.7", "4.7") | _farm(),
    ),
    LabelKey.UNTIL: LabelItem(
        en="last good day",
        words=LabelWording("到期日", printed="保质期到期日"),
        value=_until,
        clauses=_food("", "4.7", Demand.FOLLOWS),
        of_batch=True,
    ),
    LabelKey.LOT: LabelItem(
        en="lot", words=LabelWording("批号"), value=_of_batch("lot"), of_batch=True
    ),
    LabelKey.STORAGE: LabelItem(
        en="storage",
        words=LabelWording("贮存", digital="贮存条件"),
        words_of=dict.fromkeys(_UNLABELLED, LabelWording("保养")),
        value=lambda about: about.product.storage or "",
        clauses=_food("4.1.8", "4.8"),
    ),
    LabelKey.LICENCE: LabelItem(
        en="licence",
        words=LabelWording("许可证号", printed="食品生产许可证编号"),
        value=lambda about: about.product.licence or about.licence,
        clauses=_food("4.1.9", "4.9"),
    ),
    LabelKey.STANDARD: LabelItem(
        en="product standard",
        words=LabelWording("产品标准", printed="产品标准代号"),
        value=lambda about: about.product.standard or "",
        clauses=_food("4.1.10", "4.10"),
    ),
    LabelKey.PLACE: LabelItem(
        en="place of production",
        words=LabelWording("产地"),
        value=lambda about: about.place,
        held=lambda about: bool(about.product.place),
        clauses=_farm(),
    ),
    LabelKey.VARIETY: LabelItem(
        en="variety",
        words=LabelWording("品种"),
        value=lambda about: about.product.variety or "",
        optional=True,
    ),
    LabelKey.GRADE: LabelItem(
        en="grade",
        words=LabelWording("等级"),
        value=lambda about: about.product.grade or "",
        clauses=_food("4.1.11.4", "4.11", _IF_ANY) | _farm(_IF_ANY),
        optional=True,
    ),
    LabelKey.GTIN: LabelItem(
        en="bar code number", words=LabelWording("商品条码"), value=_gtin, optional=True
    ),
    LabelKey.MATERIAL: LabelItem(
        en="material", words=LabelWording("材料"), value=lambda about: about.product.material or ""
    ),
    LabelKey.SIZE: LabelItem(
        en="dimensions", words=LabelWording("尺寸"), value=lambda about: about.product.size or ""
    ),
    LabelKey.NUTRITION: LabelItem(
        en="nutrient",
        words=LabelWording("营养成分", digital="营养成分表"),
        # Whether a product needs a table depends on exemptions that the data cannot tell.
        clauses=_food("GB 28050-2011", "GB 28050-2025", _IF_ANY),
    ),
    # Items that a sheet and the change record show besides the label.
    LabelKey.QUANTITY: LabelItem(
        en="quantity", words=LabelWording("数量"), value=_quantity, of_batch=True
    ),
    LabelKey.STATUS: LabelItem(
        en="state", words=LabelWording("状态"), value=_of_batch("status"), of_batch=True
    ),
    # Old values of free text are not shown again. An author may have removed something private.
    LabelKey.REASON: LabelItem(
        en="reason", words=LabelWording("原因"), of_batch=True, repeated=False
    ),
    LabelKey.ADVICE: LabelItem(
        en="advice", words=LabelWording("怎么办"), of_batch=True, repeated=False
    ),
    LabelKey.INPUTS: LabelItem(
        en="lots used",
        words=LabelWording("往前一步", record="用料批次"),
        value=lambda about: "、".join(about.batch.inputs) if about.batch else "",
        of_batch=True,
    ),
    LabelKey.DESTINATION: LabelItem(
        en="destination",
        words=LabelWording("往后一步", record="去向"),
        of_batch=True,
        repeated=False,
    ),
    LabelKey.FARM_INPUT: LabelItem(
        en="farm input", words=LabelWording("投入品"), of_batch=True, repeated=False
    ),
}

# --- where they stand ----------------------------------------------------------------------------

_MAKER = (LabelKey.MAKERS, LabelKey.ADDRESS, LabelKey.TELEPHONE)
_DATED = (LabelKey.HARVESTED_ON, LabelKey.MADE_ON, LabelKey.LIFE, LabelKey.UNTIL, LabelKey.LOT)
_BREED = (LabelKey.VARIETY, LabelKey.GRADE)
_CRAFT = (LabelKey.MATERIAL, LabelKey.SIZE, LabelKey.STORAGE, LabelKey.GTIN)

_LAW: Mapping[ProductKind, tuple[LabelKey, ...]] = {
    # In the order of GB 7718-2025 (4.2 to 4.11). Allergens follow the ingredients, as 4.12 allows.
    ProductKind.PROCESSED: (
        *(
            LabelKey.NAME,
            LabelKey.INGREDIENTS,
            LabelKey.ALLERGENS,
            LabelKey.NET,
            LabelKey.VARIANT,
            *_MAKER,
            *_DATED,
        ),
        *(LabelKey.STORAGE, LabelKey.LICENCE, LabelKey.STANDARD, LabelKey.PLACE),
        *(*_BREED, LabelKey.GTIN),
    ),
    ProductKind.PRODUCE: (
        LabelKey.NAME,
        LabelKey.PLACE,
        *_MAKER,
        *_DATED,
        LabelKey.STORAGE,
        *_BREED,
        LabelKey.GTIN,
    ),
}
ARRANGEMENTS: Mapping[LabelForm, Mapping[ProductKind, tuple[LabelKey, ...]]] = {
    LabelForm.PAGE: {
        ProductKind.PROCESSED: (
            *(
                LabelKey.INGREDIENTS,
                LabelKey.ALLERGENS,
                LabelKey.NET,
                LabelKey.LIFE,
                LabelKey.UNTIL,
                LabelKey.STORAGE,
                *_MAKER,
            ),
            *(LabelKey.LICENCE, LabelKey.STANDARD, *_BREED, LabelKey.GTIN),
        ),
        ProductKind.PRODUCE: (
            *_BREED,
            LabelKey.PLACE,
            LabelKey.LIFE,
            LabelKey.UNTIL,
            LabelKey.STORAGE,
            *_MAKER,
            LabelKey.GTIN,
        ),
        **dict.fromkeys(_UNLABELLED, _CRAFT),
    },
    LabelForm.HEAD: dict.fromkeys(
        ProductKind,
        (LabelKey.MAKERS, LabelKey.HARVESTED_ON, LabelKey.MADE_ON, LabelKey.LOT, LabelKey.PLACE),
    ),
    LabelForm.DIGITAL: _LAW,
    LabelForm.PRINTED: {
        **_LAW,
        **dict.fromkeys(_UNLABELLED, (*_CRAFT, LabelKey.MAKERS, LabelKey.MADE_ON, LabelKey.LOT)),
    },
}
"""The items of each form, in order. The items of the change record are in `readers/git/label_facts.py`."""

PER = "每 100 克"
"""The reference quantity of a nutrition table."""

TITLE = "标签上的内容"
"""The heading of the label items."""
TITLES = {ProductKind.HANDICRAFT: "材料和尺寸", ProductKind.CREATIVE: "材料和尺寸"}
"""The heading of the label items for crafts."""


def heading(
    key: LabelKey,
    form: LabelForm,
    kind: ProductKind | None = None,
    rules: str = "",
    batch: Batch | None = None,
) -> str:
    """Return the heading of an item on a form."""
    return ITEMS[key].heading(form, kind, rules, batch)


def day_item(product: Product, batch: Batch) -> LabelKey:
    """Return the key of the item with the day from which the label counts."""
    harvested = product.kind is ProductKind.PRODUCE and (batch.harvested_on or not batch.made_on)
    return LabelKey.HARVESTED_ON if harvested else LabelKey.MADE_ON


def label_of(form: LabelForm, about: Labelled, rules: str = "") -> list[LabelRow]:
    """Return the rows of a form of a label. `rules` is the edition of the rules for headings on printed labels."""
    kind = about.product.kind
    shown = []
    for key in ARRANGEMENTS[form].get(kind, ()):
        item = ITEMS[key]
        if item.of_batch and about.batch is None:
            continue
        value = item.said(about)
        if value or not item.may_be_left_out(about):
            calls = call_parts(value) if key is LabelKey.TELEPHONE else ()
            shown.append(LabelRow(key, item.heading(form, kind, rules, about.batch), value, calls))
    return shown
