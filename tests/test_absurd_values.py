"""Every field of every record with values that no author means: problems are told, nothing is raised.

The villages are made from the field table, so a new field is held to it without a line here. A value that its
field takes goes through all of the pages.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from built import here, write
from xiangji.build import build
from xiangji.model.fields import (
    AnyValueType,
    Choice,
    Field,
    ListOf,
    Nested,
    UnreadableValue,
    ValueType,
    example_of,
    fields_of,
)
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.problems import Report, as_github, as_json, as_text
from xiangji.readers.config import read_settings
from xiangji.readers.record_reader import read_record
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.person import PeopleFile, Person
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop

RECORDS: tuple[type[Any], ...] = (
    Brand, Product, Batch, Story, Workshop, Person, PeopleFile, PrintedCode, IssuedCertificate,
)  # fmt: skip
ABSURD = (
    "9" * 4_301, "9" * 5_000 + ".5", "-" + "9" * 5_000, "９" * 5_000, "0." + "0" * 5_000 + "1",
    "1e999999", "9*5000", "9" * 5_000 + " 万", "NaN", "Infinity", "-Infinity", "-0", "0", "0.00", "",
    "\u3000", "²", "①", "٣٣", "9999999999999.99", "1000000000000", "999999999999 公斤", "9999-12-31",
    "2999-12-31", "1000-01-01", "0000-00-00", "0001-01-01", "2026-03-12 24:61", "9999 天", "1200 个月",
    "9999 年", "100%", "99999999999999999999%", "12 月到 1 月", "13 月", "00000", "+" + "8" * 30,
    "\ud800", "\udcff", "字" * 100_000, "a" * 100_000, "(" * 5_000, "=1+1", "{name}", "%s%n", "🥚" * 500,
    "\u202e", "1/0", "true", "null", "[]", "{}", "!!python/name:os.system", "../../..", "/dev/zero",
)  # fmt: skip
PLACE = Location("products/p/product.yml", 3, 5)


def node(kind: AnyValueType, text: str, seen: tuple[type[Any], ...]) -> Node:
    """A node for a field, with `text` wherever a single value may stand."""
    if isinstance(kind, ListOf):
        return Sequence((node(kind.item, text, seen),) * 2, PLACE)
    if isinstance(kind, Nested):
        return record(kind.record, text, seen)
    return Scalar(text, PLACE, PLACE)


def record(kind: type[Any], text: str, seen: tuple[type[Any], ...] = ()) -> Node:
    if kind in seen:
        return Mapping((), PLACE)
    rows = fields_of(kind)
    entries = ((Scalar(r.zh, PLACE), node(r.kind, text, (*seen, kind))) for r in rows)
    return Mapping(tuple(entries), PLACE)


def told(report: Report) -> None:
    """Every problem can be printed."""
    for form in (as_text, as_json, as_github):
        form(report.problems).encode()


@pytest.mark.parametrize("kind", RECORDS, ids=lambda each: each.__name__)
def test_no_record_raises(kind: type[Any]) -> None:
    for text in ABSURD:
        report = Report()
        read_record(kind, record(kind, text), report, PLACE, **given(kind))
        told(report)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda each: each.__name__)
def test_no_shape_raises(kind: type[Any]) -> None:
    deep: Node = Scalar("x", PLACE)
    for _ in range(40):
        deep = Sequence((deep, Mapping(((Scalar("x", PLACE), deep),), PLACE)), PLACE)
    for each in (deep, Sequence((), PLACE), Mapping((), PLACE), Scalar("x", PLACE)):
        for row in fields_of(kind):
            report = Report()
            read_record(
                kind, Mapping(((Scalar(row.zh, PLACE), each),), PLACE), report, PLACE, **given(kind)
            )
            told(report)


def given(kind: type[Any]) -> dict[str, str]:
    return {"product": "p"} if kind is Batch else {}


# --- whole villages --------------------------------------------------------------------------

_COUNTED = frozenset(
    [
        "date",
        "partial-date",
        "moment",
        "count",
        "days",
        "money",
        "quantity",
        "shelf-life",
        "telephone",
    ]
)
"""Kinds that pages compute with. All other fields stand in these villages only where they must."""
_COUNTABLE = (
    "0.01", "0.00000000000000000001", "1000000000000", "999999999999 公斤", "1000000000000.00",
    "9999 天", "9999周", "1200 个月", "100年", "2999-12-31", "2999-12-31 23:59", "1000-01-01", "٣٣", "12345",
    "0", "-0", "+1", "1,111,111,111.11", "99999999999999999999", "00000", "+888888888888888",
)  # fmt: skip


def is_of(kind: ValueType, text: str) -> bool:
    """Whether a text is a value of a kind."""
    try:
        kind.parse(text)
    except UnreadableValue:
        return False
    return True


def fact(row: Field, kind: AnyValueType, text: str, seen: tuple[type[Any], ...]) -> Any:
    """A field as plain data: `text` where it is counted and takes it; None where it need not be."""
    if isinstance(kind, ListOf):
        found = fact(row, kind.item, text, seen)
        return None if found is None else [found]
    if isinstance(kind, Nested):
        return None if kind.record in seen else facts(kind.record, text, seen)
    if isinstance(kind, ValueType) and kind.name in _COUNTED and is_of(kind, text):
        return text
    return example_of(kind) if row.required and isinstance(kind, ValueType | Choice) else None


def facts(kind: type[Any], text: str, seen: tuple[type[Any], ...] = ()) -> dict[str, Any] | None:
    """A record in which everything that is counted is `text`; None where it would need a reference."""
    found = {row: fact(row, row.kind, text, (*seen, kind)) for row in fields_of(kind)}
    if seen and any(row.required and value is None for row, value in found.items()):
        return None
    return {row.zh: value for row, value in found.items() if value is not None}


def village(text: str) -> dict[str, str]:
    """The files of a village in which every field that is counted holds `text`, if it takes it."""
    product = {**(facts(Product, text) or {}), "名称": "鸡", "类型": "农产品"}
    return {
        "mkdocs.yml": "site_url: https://example.cn/\n",
        "products/brand.yml": json.dumps({**(facts(Brand, text) or {}), "名称": "村"}),
        "products/p/product.yml": json.dumps(product),
        "products/p/batches/L1.yml": json.dumps({**(facts(Batch, text) or {}), "批号": "L1"}),
    }


@pytest.mark.parametrize("text", _COUNTABLE)
def test_pages_are_made_of_every_value_that_is_taken(text: str, tmp_path: Path) -> None:
    write(tmp_path, village(text))
    site = build(*read_settings(tmp_path / "mkdocs.yml", date(2026, 11, 22)))
    told(Report(list(site.problems)))
    for output in (*site.own, *site.pages, *site.ready):
        assert output.content is not None
    for shard in site.shards:
        assert all(file.content is not None for file in site.made(shard))


@pytest.mark.parametrize("digits", ["9" * 4_301, "９" * 4_301, "9" * 4_000 + "." + "9" * 4_000])
@pytest.mark.parametrize("name", ["价格", "数量", "净含量", "保质期", "生产日期"])
def test_a_number_without_end_is_told_by_name(name: str, digits: str, tmp_path: Path) -> None:
    batch = name in ("数量", "生产日期")
    product = "名称: 鸡\n类型: 农产品\n" + (
        f"规格:\n  - 规格: 一只\n    {name}: {digits}\n"
        if name in ("价格", "净含量")
        else f"{name}: {digits}\n" * (not batch)
    )
    rows = f"批号,{name}\nL1,{digits}\n"
    files = {
        "mkdocs.yml": "site_url: https://example.cn/\n",
        "products/brand.yml": "名称: 村\n",
        "products/p/product.yml": product,
    }
    write(tmp_path, {**files, **({"products/p/batches.csv": rows} if batch else {})})
    done = here("xiangji", "check", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and f"“{name}”" in done.stderr, done.stderr
    assert len(done.stderr) < 5_000
