"""Extracts the facts about a label from one version of a file, in a form in which versions can be compared.

The list of facts is fixed and contains only what a batch sheet shows: no notes and no process steps, because some of
those are withheld. Two spellings of the same value (500克, 500 克) are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from xiangji.label.item import LabelForm, LabelKey, Labelled
from xiangji.label.items import ITEMS, heading
from xiangji.label.versions import whole_versions
from xiangji.model.fields import Record
from xiangji.model.location import NOWHERE, Location
from xiangji.model.node import Node
from xiangji.model.values import said_date
from xiangji.model.vocabularies import InspectionLayer, ProducerKind, ProductKind
from xiangji.problems import Report, Severity
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table, read_csv_table
from xiangji.readers.tables.ledger import LEDGER
from xiangji.readers.text_file import clean_text, decode_text, one_newline
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch, Inspection
from xiangji.records.brand import Brand, Producer
from xiangji.records.product import Product


class FactSubject(NamedTuple):
    """The subject of a fact: an item of the label, and which one if a product or batch has several."""

    item: str
    of: str = ""


class LabelFact(Struct, frozen=True):
    """A fact: its name, the value to compare, and its text. The text is empty if it must not be repeated."""

    what: str
    value: Any
    said: str = ""


Facts = Mapping[FactSubject, LabelFact]
"""Facts by subject. A fact that is not recorded has no entry."""

States = Mapping[str, Facts]
"""The facts in one file by unit: `label` for a version of a product, `lot/…` for a batch, `producer/…`."""

LABEL = "label"
"""The unit of a product's first version. Later ones have their first day added: `label/2026-11-01`."""
_TOLERATED = ("field-unknown", "table-header")
"""Errors that an older version of a file may have because the field table has changed since."""

Name = Callable[[str], str]
"""Returns the name of a producer or a place by id."""

OF_PRODUCT = {
    LabelKey.NAME: "name",
    LabelKey.KIND: "kind",
    LabelKey.INGREDIENTS: "ingredients",
    LabelKey.ALLERGENS: "allergens",
    LabelKey.NET: "net_content",
    LabelKey.MAKERS: "makers",
    LabelKey.PLACE: "place",
    LabelKey.LIFE: "shelf_life",
    LabelKey.STORAGE: "storage",
    LabelKey.LICENCE: "licence",
    LabelKey.STANDARD: "standard",
    LabelKey.VARIETY: "variety",
    LabelKey.GRADE: "grade",
    LabelKey.MATERIAL: "material",
    LabelKey.SIZE: "size",
}
"""The items of the product, in the order of the change record, each with the field that is compared."""

OF_BATCH = {
    LabelKey.HARVESTED_ON: "harvested_on",
    LabelKey.MADE_ON: "made_on",
    LabelKey.QUANTITY: "quantity",
    LabelKey.VARIANT: "variant",
    LabelKey.MAKERS: "producer",
    LabelKey.PLACE: "place",
    LabelKey.STATUS: "status",
    LabelKey.REASON: "reason",
    LabelKey.ADVICE: "advice",
    LabelKey.INPUTS: "inputs",
    LabelKey.DESTINATION: "destination",
}
_UNSAID = Product(name="", kind=ProductKind.PROCESSED)
"""A placeholder, because the file of a batch has no facts about its product."""

_INSPECTION = "inspection"
"""The subject of inspections, which are no item of the label. Each has the name of its layer."""

_OF_PRODUCER = {
    LabelKey.NAME: "name",
    LabelKey.ADDRESS: "address",
    LabelKey.TELEPHONE: "telephone",
    LabelKey.LICENCE: "licence",
}


def _called(key: LabelKey, of: str = "") -> str:
    """The name of an item in the change record."""
    named = heading(key, LabelForm.RECORD)
    return f"{named}“{of}”" if of else named


def _facts(
    record: Record, fields: Mapping[LabelKey, str], about: Labelled
) -> dict[FactSubject, LabelFact]:
    """The facts of a record for some items."""
    found = {}
    for key, field in fields.items():
        value = getattr(record, field)
        if value not in (None, "", ()):
            said = ITEMS[key].said(about) if ITEMS[key].repeated else ""
            found[FactSubject(key)] = LabelFact(_called(key), value, said)
    return found


def product_facts(product: Product, name: Name) -> Facts:
    """The facts that hold for every batch of a product."""
    makers = "、".join(map(name, product.makers))
    # The net content of each variant is a fact of its own.
    alone = replace(product, variants=())
    about = Labelled(product=alone, makers=makers, place=name(product.place or ""))
    found = _facts(product, OF_PRODUCT, about)
    for each in product.variants:
        of, said = each.name, str(each.net_content or "")
        fact = LabelFact(_called(LabelKey.VARIANT, of), each.net_content or "-", said)
        found[FactSubject(LabelKey.VARIANT, of)] = fact
    for row in product.nutrition:
        said = f"{row.per_100g}（{row.nrv}）" if row.nrv else row.per_100g
        fact = LabelFact(_called(LabelKey.NUTRITION, row.name), said, said)
        found[FactSubject(LabelKey.NUTRITION, row.name)] = fact
    return found


def product_states(product: Product, name: Name) -> States:
    """The facts of each version of a product, by unit."""
    versions = whole_versions(product)
    return {label_unit(since): product_facts(version, name) for since, version in versions}


def label_unit(since: date) -> str:
    """The unit of the version that is valid from the day `since` on. `date.min` is the first version."""
    return LABEL if since == date.min else f"{LABEL}/{since}"


def batch_facts(batch: Batch, name: Name) -> Facts:
    """The facts of one batch. Values that must not be repeated have no text."""
    maker, place = name(batch.producer or ""), name(batch.place or "")
    about = Labelled(product=_UNSAID, batch=batch, makers=maker, place=place)
    found = _facts(batch, OF_BATCH, about)
    for used in batch.farm_inputs:
        fact = LabelFact(_called(LabelKey.FARM_INPUT, used.name), replace(used, origin=NOWHERE))
        found[FactSubject(LabelKey.FARM_INPUT, used.name)] = fact
    for layer in dict.fromkeys(each.layer for each in batch.inspections):
        for number, each in enumerate(_of_layer(batch, layer), start=1):
            day = f" {said_date(each.checked_on)}" if each.checked_on else ""
            of = str(layer) if number == 1 else f"{layer}（第 {number} 次）"
            fact = LabelFact(of, replace(each, origin=NOWHERE, paper=""), f"{each.result}{day}")
            found[FactSubject(_INSPECTION, of)] = fact
    return found


def _of_layer(batch: Batch, layer: InspectionLayer) -> list[Inspection]:
    """The inspections of a layer, in the recorded order."""
    return [each for each in batch.inspections if each.layer is layer]


def producer_facts(producer: Producer) -> Facts:
    """The facts of a producer.

    The name of a household has no text, because it is the name of a person. Old addresses and telephone numbers have
    none, because they may belong to somebody else now.
    """
    household = producer.kind is ProducerKind.HOUSEHOLD
    found = {}
    for key, field in _OF_PRODUCER.items():
        value = getattr(producer, field)
        if value:
            told = ITEMS[key].repeated and not (household and key is LabelKey.NAME)
            what = f"{_called(LabelKey.MAKERS)}{_called(key)}"
            found[FactSubject(key)] = LabelFact(what, value, value if told else "")
    return found


def brand_states(brand: Brand) -> States:
    """The facts of each producer in the brand file, by unit."""
    return {f"producer/{each.id}": producer_facts(each) for each in brand.producers}


def lot_unit(lot: str) -> str:
    """The unit of a batch within its product: `lot/` and the lot code."""
    return f"lot/{lot}"


def states_in(raw: bytes, path: str, name: Name) -> States | None:
    """The facts in one version of the file at `path` (relative to the village), by unit.

    None if that version could not have been published, or cannot be read.
    """
    report = Report()
    place = Location(path)
    stated: States | None
    if path.endswith(".csv"):
        stated = _table_states(read_csv_table(raw, path, report), path == LEDGER, report, name)
    else:
        node = _yaml(raw, path, report)
        stated = _record_states(node, path, place, report, name) if node is not None else None
    unsound = any(
        each.severity is Severity.ERROR and each.rule not in _TOLERATED for each in report.problems
    )
    return None if unsound else stated


def _table_states(table: Table, is_ledger: bool, report: Report, name: Name) -> States:
    """The facts of the batches in a table. In a ledger, the product as written stands before each unit."""
    found = {}
    for row in table.rows:
        batch = read_record(Batch, row.node, report, row.location) if row.node else None
        if batch is None:
            continue
        owner = f"{row.product.text.strip() if row.product else ''}/" if is_ledger else ""
        found[f"{owner}{lot_unit(batch.lot)}"] = batch_facts(batch, name)
    return found


def owner_of(unit: str) -> tuple[str, str]:
    """The product as written, and the unit within it, from a unit of a ledger."""
    owner, _, lot = unit.rpartition("/lot/")
    return owner, lot_unit(lot)


def _yaml(raw: bytes, path: str, report: Report) -> Node | None:
    text = decode_text(raw, Location(path), report)
    if text is None:
        return None
    text = one_newline(text)
    return parse_yaml(text, path, report) if clean_text(text, path, report) else None


def _record_states(
    node: Node, path: str, place: Location, report: Report, name: Name
) -> States | None:
    if path.startswith("products/brand."):
        brand = read_record(Brand, node, report, place)
        return brand_states(brand) if brand else None
    if "/batches/" in path:
        batch = read_record(Batch, node, report, place)
        return {lot_unit(batch.lot): batch_facts(batch, name)} if batch else None
    product = read_record(Product, node, report, place)
    return product_states(product, name) if product else None
