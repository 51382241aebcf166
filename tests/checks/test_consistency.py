"""Days, weights and texts held against each other. The messages stand in `cases/`; here are the edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.checks import quantities
from xiangji.checks.consistency import alike, balance, lot_days, registers
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.parsing.partial_date import Day, PartialDate
from xiangji.model.values import Moment, Quantity
from xiangji.model.vocabularies import EventKind, InspectionLayer, InspectionResult, ProductKind
from xiangji.records.batch import Batch, Inspection, TraceEvent
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode
from xiangji.records.product import Product, Variant

TODAY = date(2026, 5, 1)
FIRST = date(2025, 1, 10)


def library(
    *products: Product, batches: tuple[Batch, ...] = (), codes: tuple[PrintedCode, ...] = ()
) -> Library:
    shelf = {each.id: each for each in products}
    return Library(Brand(name="村"), {}, {}, {}, shelf, Batches(batches), {}, {}, {}, codes=codes)


def days_told(batch: Batch, kind: ProductKind, printed: date | None = None) -> list[str]:
    product = Product(id="p", name="酱", kind=kind)
    codes = (PrintedCode(address="t/p/A/", printed_on=printed),) if printed else ()
    village = library(product, batches=(batch,), codes=codes)
    found = (*lot_days.of_batch(village, batch, TODAY), *lot_days.labels(village, TODAY))
    return [each.rule for each in found]


def rough(day: date, how: str) -> Day:
    if how == "month":
        return PartialDate(f"{day.year} 年 {day.month} 月", day.year, day.month)
    return PartialDate("腊月") if how == "old" else day


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.integers(0, 9), min_size=8, max_size=8),
    st.sampled_from(["day", "month", "old"]),
    st.sampled_from(["day", "month", "old"]),
    st.sampled_from([ProductKind.PROCESSED, ProductKind.PRODUCE, ProductKind.HANDICRAFT]),
)
def test_days_in_order_are_never_reported(
    gaps: list[int], harvest: str, making: str, kind: ProductKind
) -> None:
    days = [FIRST + timedelta(days=sum(gaps[: at + 1])) for at in range(len(gaps))]
    steps = (EventKind.HARVEST, EventKind.RECEIVE)
    after = (EventKind.PACK, EventKind.SHIP, EventKind.SELL)
    fresh = kind is ProductKind.PRODUCE
    batch = Batch(
        product="p",
        lot="A",
        harvested_on=rough(days[0], harvest),
        made_on=None if fresh else rough(days[2], making),
        events=tuple(
            TraceEvent(kind=each, at=Moment(day))
            for each, day in zip((*steps, *after), (days[0], days[1], *days[4:7]), strict=True)
        ),
        inspections=(
            Inspection(
                layer=InspectionLayer.SELF, result=InspectionResult.PASSED, checked_on=days[3]
            ),
        ),
    )
    assert days_told(batch, kind, printed=days[5]) == []


@pytest.mark.parametrize(
    ("kind", "days", "rule"),
    [
        (ProductKind.PROCESSED, 0, ""),
        (ProductKind.PROCESSED, 3, ""),
        (ProductKind.PROCESSED, 4, "label-ahead"),
        (ProductKind.PROCESSED, 7, "label-ahead"),
        (ProductKind.PROCESSED, 8, "label-early"),
        (ProductKind.PRODUCE, 0, ""),
        (ProductKind.PRODUCE, 1, "label-ahead"),
        (ProductKind.PRODUCE, 8, "label-early"),
    ],
)
def test_labels_may_be_printed_some_days_before_the_making(
    kind: ProductKind, days: int, rule: str
) -> None:
    batch = Batch(product="p", lot="A", made_on=FIRST)
    found = days_told(batch, kind, printed=FIRST - timedelta(days=days))
    assert found == ([rule] if rule else [])


def amount(value: int | str, unit: str) -> Quantity:
    return Quantity(Decimal(value), unit)


JARS = Variant(name="500 克", net_content=amount(500, "克"))


def honey(quantity: Quantity | None, *steps: TraceEvent, rate: int | None = None) -> list[str]:
    kind = ProductKind.PRODUCE
    product = Product(
        id="p", name="蜜", kind=kind, variants=(JARS,), yield_rate=Decimal(rate) if rate else None
    )
    batch = Batch(product="p", lot="A", variant="500 克", quantity=quantity, events=steps)
    return [
        each.rule for each in balance.of_batch(library(product, batches=(batch,)), batch, TODAY)
    ]


def taken(value: int | str, unit: str, note: str = "") -> TraceEvent:
    return TraceEvent(kind=EventKind.HARVEST, quantity=amount(value, unit), note=note or None)


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["公斤", "斤", "kg", "瓶"]))
def test_no_more_is_made_than_went_in(raw: int, jars: int, unit: str) -> None:
    half = Decimal(jars) / 2
    made = {"公斤": half, "kg": half, "斤": Decimal(jars), "瓶": Decimal(jars)}[unit]
    found = honey(Quantity(made, unit), taken(raw, "公斤"))
    assert found == (["mass-more"] if half > raw * Decimal("1.02") else [])


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (taken(3, "箱"),),
        (taken(10, "公斤"), taken(3, "箱")),
        (TraceEvent(kind=EventKind.HARVEST, note="三箱蜂"),),
        (TraceEvent(kind=EventKind.PROCESS, quantity=amount(3, "公斤")),),
    ],
)
def test_what_was_not_weighed_is_not_compared(steps: tuple[TraceEvent, ...]) -> None:
    assert honey(amount(100, "瓶"), *steps) == []


def test_a_lot_without_a_size_is_not_weighed() -> None:
    product = Product(id="p", name="蜜", kind=ProductKind.PRODUCE, variants=(JARS, JARS))
    batch = Batch(product="p", lot="A", quantity=amount(900, "瓶"), events=(taken(1, "公斤"),))
    found = balance.of_batch(library(product, batches=(batch,)), batch, TODAY)
    assert list(found) == []


@pytest.mark.parametrize(("made", "told"), [(40, False), (47, False), (49, True)])
def test_a_yield_leaves_some_room(made: int, told: bool) -> None:
    found = honey(amount(made, "公斤"), taken(100, "公斤"), rate=40)
    assert found == (["mass-yield"] if told else [])


def test_a_loss_is_added_to_what_was_made() -> None:
    step = TraceEvent(kind=EventKind.HARVEST, note="割蜜 60 公斤，损耗 20 公斤")
    assert honey(amount(90, "瓶"), step) == ["mass-more"]
    assert honey(amount(80, "瓶"), step) == []


@pytest.mark.parametrize(
    ("destination", "told"),
    [
        ("小店 60 瓶，摊位 40 瓶", False),
        ("小店 60 瓶，摊位 41 瓶", True),
        ("共 100 瓶：小店 60 瓶，摊位 40 瓶", False),
        ("卖出 90 瓶，其中网店 60 瓶", False),
        ("三家店每家 50 瓶", False),
        ("约 120 瓶", False),
        ("每瓶 58 元，卖了 5000 元", False),
        ("101 瓶全部卖到县城", True),
        ("小店零售（2026-03A 用去 30 瓶）", False),
    ],
)
def test_no_more_goes_out_than_there_was(destination: str, told: bool) -> None:
    product = Product(id="p", name="蜜", kind=ProductKind.PRODUCE)
    batch = Batch(product="p", lot="A", quantity=amount(100, "瓶"), destination=destination)
    found = [each.rule for each in balance.of_batch(library(product), batch, TODAY)]
    assert found == (["stock-exceeded"] if told else [])


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("糍粑辣椒 45 公斤", True),
        ("鸡 160 只，糍粑辣椒 45公斤", True),
        ("用糍粑辣椒 90 斤", True),
        ("糍粑辣椒 30 公斤", False),
        ("特辣糍粑辣椒 45 公斤", False),
        ("糍粑辣椒若干", False),
    ],
)
def test_the_remarks_of_a_ledger_say_how_much_was_taken(remark: str, told: bool) -> None:
    paste = Product(id="q", name="糍粑辣椒", kind=ProductKind.PROCESSED)
    chicken = Product(id="p", name="辣子鸡", kind=ProductKind.PROCESSED)
    source = Batch(product="q", lot="L", quantity=amount(40, "公斤"))
    step = TraceEvent(kind=EventKind.RECEIVE, note=remark)
    user = Batch(product="p", lot="A", inputs=("q/L",), events=(step,))
    village = library(paste, chicken, batches=(source, user))
    found = [each.rule for each in quantities.of_batch(village, source, TODAY)]
    assert found == (["input-exceeded"] if told else [])


def test_what_was_taken_is_converted_through_packages() -> None:
    jar = Product(id="q", name="酱", kind=ProductKind.PROCESSED, net_content=amount(500, "克"))
    source = Batch(product="q", lot="L", quantity=amount(100, "罐"))
    for taken_, told in ((amount(50, "公斤"), False), (amount(102, "斤"), True)):
        step = TraceEvent(kind=EventKind.RECEIVE, quantity=taken_, inputs=("q/L",))
        user = Batch(product="q", lot="A", events=(step,))
        found = quantities.of_batch(library(jar, batches=(source, user)), source, TODAY)
        assert [each.rule for each in found] == (["input-exceeded"] if told else [])


TEXTS = [
    "坡上放养的土鸡，早上放出去，天黑自己回来。喂玉米和菜叶，够秤了按批出栏，每批记一个批号，送到合作社灶房。",
    "冬月下盐，柏枝慢熏，过年前下梁。带皮五花和后腿，盐腌、烟熏、风晾，前后一个来月，天不冷不开做，夏天来问就是等。",
    "一只篮子从破竹到收口，两天多。篾是一根竹子里分出来的，颜色会有深浅，不是旧。每一批有编号，从一号往后数下去。",
    "吃根也吃叶：叶子要嫩，根要脆。没有吃过的人先买一把，先闻，再拌。不习惯不要紧，村里也有人不吃，送人要先问一声。",
]


def goods(*texts: str) -> Library:
    return library(
        *(Product(id=f"p{n}", name=f"村里的{n}号", kind=ProductKind.PROCESSED, intro=text)
          for n, text in enumerate(texts))
    )  # fmt: skip


def pairs(*texts: str) -> list[str]:
    return [dict(each.details)["value"] for each in alike.check(goods(*texts), TODAY)]


def test_texts_of_their_own_are_not_alike() -> None:
    assert pairs(*TEXTS) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_copy_is_alike_with_other_words_here_and_there(text: str) -> None:
    changed = text.replace("，", "、", 2).replace("一", "两", 1) + "欢迎来买。"
    assert pairs(*TEXTS, changed) == ["村里的4号"]
    assert pairs(text, text[len(text) // 2 :] + TEXTS[TEXTS.index(text) - 1]) == []


def test_many_copies_are_each_told_once_and_soon() -> None:
    assert len(pairs(*[TEXTS[0]] * 400)) == 399


@pytest.mark.parametrize(
    ("printed", "told"),
    [("老腊肉", True), ("腊肉", True), ("阳朗辣子鸡", False), ("辣子鸡", False), ("阳朗辣子鸡（礼盒）", True),
        ("阳朗辣子鸡礼品装", False),
        ("香辣鸡", True),
     ("息烽特产", False), ("辣子鸡 500 克", False)],
)  # fmt: skip
def test_a_printed_name_may_be_short_or_long(printed: str, told: bool) -> None:
    mine = Product(id="p", name="阳朗辣子鸡", kind=ProductKind.PROCESSED)
    others = [
        Product(id=f"q{n}", name=name, kind=ProductKind.PROCESSED)
        for n, name in enumerate(("老腊肉", "阳朗辣子鸡礼盒", "香辣鸡（小罐）"))
    ]
    code = PrintedCode(address="t/p/A/", name=printed)
    found = [each.rule for each in registers.check(library(mine, *others, codes=(code,)), TODAY)]
    assert found == (["code-name"] if told else [])


def test_a_name_of_one_sign_is_a_name_too() -> None:
    mine = Product(id="p", name="茶", kind=ProductKind.PRODUCE)
    other = Product(id="q", name="茶叶蛋", kind=ProductKind.PROCESSED)
    code = PrintedCode(address="t/p/A/", name="茶叶")
    assert list(registers.check(library(mine, other, codes=(code,)), TODAY)) == []
