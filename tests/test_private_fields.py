"""A field that says `private` is in nothing that leaves the house, whichever record has it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from xiangji import disclosure
from xiangji.disclosure import disclose, without_private
from xiangji.model.fields import Field, ListOf, Nested, fields_of
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand, Partner, Place, Producer, Source
from xiangji.records.code import PrintedCode
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.person import Consent, Person
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop

RECORDS = (
    PrintedCode,
    IssuedCertificate,
    Batch,
    Brand,
    Partner,
    Person,
    Place,
    Producer,
    Product,
    Source,
    Story,
    Workshop,
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_every_private_field_of_ours_is_found(record: type[Any]) -> None:
    found = {row.name for row in disclosure._private_rows(record)}
    assert {row.name for row in fields_of(record) if row.private} <= found
    holding = {row.name for row in fields_of(record) if _inside(row) and not row.private}
    assert holding <= found


def _inside(row: Field) -> bool:
    kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
    if not isinstance(kind, Nested):
        return False
    rows = fields_of(kind.record)
    return any(each.private or _inside(each) for each in rows)


def test_what_is_private_inside_a_record_goes_too() -> None:
    consent = Consent(use=next(iter(_uses())), given_on=date(2026, 1, 1), record="存档 7")
    person = Person(id="jia", name="甲", consent=(consent,), git_names=("jia@example.cn",))
    shown = without_private(person)
    assert shown.git_names == () and shown.consent[0].record is None
    assert person.git_names and person.consent[0].record


def _uses() -> Any:
    from xiangji.model.vocabularies import ConsentUse

    return ConsentUse


def test_nothing_else_is_taken_away(library: Any) -> None:
    shown = disclose(library, date(2026, 5, 1))
    for name in ("products", "producers", "places", "sources", "partners"):
        assert shown.shelf(name) == library.shelf(name)


@pytest.fixture
def library(tmp_path: Any) -> Any:
    from built import write
    from xiangji.library.references import assemble
    from xiangji.readers.village import gather

    brand = (
        "名称: 立碑村\n生产者:\n  - {编号: jia, 名称: 甲家, 类型: 农户, 地点: po}\n"
        "地点:\n  - {编号: po, 名称: 坡上}\n伙伴:\n  - {编号: she, 名称: 社, 角色: 社}\n"
        "来源:\n  - {编号: lun, 题名: 论文, 类型: 论文}\n"
    )
    product = "名称: 辣椒\n类型: 农产品\n生产者: jia\n"
    root = write(tmp_path, {"products/brand.yml": brand, "products/la/product.yml": product})
    found, problems = assemble(gather(root))
    assert not problems
    return found


def test_a_remark_in_a_register_stays_at_home(library: Any) -> None:
    code = PrintedCode(address="t/la/A1/", target="", name="辣椒", note="打样坏了三张")
    shown = disclose(replace(library, codes=(code,)), date(2026, 5, 1))
    assert shown.codes[0].note is None and shown.codes[0].name == "辣椒"
