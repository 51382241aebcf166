"""Which facts one version of a file states about a label, in a form that two versions can be
compared in.

A fixed list, and only of what stands openly on a batch sheet: never notes, never the steps of the
work, some of which a village keeps to itself. Two spellings of one value (500克, 500 克) are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xiangji.problems import Report, Severity
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand, Producer
from xiangji.records.location import NOWHERE, Location
from xiangji.records.node import Node
from xiangji.records.product import Product
from xiangji.records.values import said_date
from xiangji.records.words import ProducerKind
from xiangji.sources.reader import read_record
from xiangji.sources.table import read_csv_table
from xiangji.sources.text_file import clean_text, decode_text, one_newline
from xiangji.sources.yaml_file import parse_yaml


class Fact(Struct, frozen=True):
    """A value to compare, and how it is read aloud; nothing where it is not to be repeated."""

    value: Any
    said: str = ""


Facts = Mapping[str, Fact]
"""By the name that the label gives the fact. A fact that is not recorded is not there."""

States = Mapping[str, Facts]
"""What one file states, by unit: `label` for a product, `lot/…` and `producer/…` for the others."""

LABEL = "label"
_TOLERATED = ("field-unknown", "table-header")
"""Errors that an older version may show only because the field table was another then."""

Name = Callable[[str], str]
"""The name of a producer or a place, by id."""


def _facts(rows: Iterable[tuple[str, Any, str]]) -> Facts:
    return {what: Fact(value, said) for what, value, said in rows if value not in (None, "", ())}


def product_facts(product: Product, name: Name) -> Facts:
    """The facts that hold for every batch of a product."""
    rows: list[tuple[str, Any, str]] = [
        ("名称", product.name, product.name),
        ("类型", product.kind, str(product.kind)),
        ("配料", product.ingredients, "、".join(product.ingredients)),
        ("致敏物质", product.allergens, "、".join(product.allergens)),
        ("净含量", product.net_content, str(product.net_content)),
        ("生产者", product.makers, "、".join(map(name, product.makers))),
        ("产地", product.place, name(product.place or "")),
        ("保质期", product.shelf_life, str(product.shelf_life)),
        ("贮存", product.storage, product.storage or ""),
        ("许可证号", product.licence, product.licence or ""),
        ("产品标准", product.standard, product.standard or ""),
        ("品种", product.variety, product.variety or ""),
        ("等级", product.grade, product.grade or ""),
    ]
    rows += [
        (f"规格“{each.name}”", each.net_content or "-", str(each.net_content or ""))
        for each in product.variants
    ]
    for each in product.nutrition:
        said = f"{each.per_100g}（{each.nrv}）" if each.nrv else each.per_100g
        rows.append((f"营养成分“{each.name}”", said, said))
    return _facts(rows)


def batch_facts(batch: Batch, name: Name) -> Facts:
    """The facts of one batch. Where it went and why it was stopped are free text, in which an
    author may have corrected something that should never have stood there: not repeated."""
    rows: list[tuple[str, Any, str]] = [
        ("生产日期", batch.made_on, said_date(batch.made_on) if batch.made_on else ""),
        ("数量", batch.quantity, str(batch.quantity)),
        ("规格", batch.variant, batch.variant or ""),
        ("生产者", batch.producer, name(batch.producer or "")),
        ("产地", batch.place, name(batch.place or "")),
        ("状态", batch.status, str(batch.status)),
        ("原因", batch.reason, ""),
        ("怎么办", batch.advice, ""),
        ("用料批次", batch.inputs, "、".join(batch.inputs)),
        ("去向", batch.destination, ""),
    ]
    for used in batch.farm_inputs:
        rows.append((f"投入品“{used.name}”", replace(used, origin=NOWHERE), ""))
    for layer in dict.fromkeys(each.layer for each in batch.inspections):
        last = [each for each in batch.inspections if each.layer is layer][-1]
        day = f" {said_date(last.checked_on)}" if last.checked_on else ""
        rows.append((str(layer), replace(last, origin=NOWHERE), f"{last.result}{day}"))
    return _facts(rows)


def producer_facts(producer: Producer) -> Facts:
    """Who answers for a product. A household's name is a person's; an old address or number leads
    to somebody who has nothing to do with it any more."""
    household = producer.kind is ProducerKind.HOUSEHOLD
    return _facts(
        [
            ("生产者名称", producer.name, "" if household else producer.name),
            ("生产者地址", producer.address, ""),
            ("生产者联系方式", producer.telephone, ""),
            ("生产者许可证号", producer.licence, producer.licence or ""),
        ]
    )


def brand_states(brand: Brand) -> States:
    """What the brand file states of each producer."""
    return {f"producer/{each.id}": producer_facts(each) for each in brand.producers}


def lot_unit(lot: str) -> str:
    """The unit of a batch within its product."""
    return f"lot/{lot}"


def states_in(raw: bytes, path: str, name: Name) -> States | None:
    """What the file at `path` (relative to the village) states in one of its versions; None if
    that version could not have been published, or says nothing that we could read."""
    report = Report()
    place = Location(path)
    stated: States | None
    if path.endswith(".csv"):
        rows = read_csv_table(raw, path, report).nodes
        found = [read_record(Batch, each, report, each.location) for each in rows]
        stated = {lot_unit(each.lot): batch_facts(each, name) for each in found if each}
    else:
        node = _yaml(raw, path, report)
        stated = _record_states(node, path, place, report, name) if node is not None else None
    unsound = any(
        each.severity is Severity.ERROR and each.rule not in _TOLERATED for each in report.problems
    )
    return None if unsound else stated


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
    return {LABEL: product_facts(product, name)} if product else None
