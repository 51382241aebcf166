"""A batch sheet as a digital food label (`standards.md` §4.3, 公告 2025 年第 5 号).

Label facts first and without a tap, nothing sold, nothing that floats, the story on its own page,
and a visible record of changes. What is missing is listed like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xiangji import urls
from xiangji.checks.rulesets import NEW, NUTRIENTS, nutrient, rules_on
from xiangji.pages.entries import call_button, large_print, place_name
from xiangji.pages.label import Row, breed_rows, date_rows, maker_rows, net_content
from xiangji.pages.press import Press
from xiangji.pages.states import EATEN
from xiangji.records.batch import Batch
from xiangji.records.history import Change, History, Kept, Revision, Step
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.records.values import said_date
from xiangji.records.words import ProductKind

_MOST = 30
"""Lines of the change record on a page; how many older ones there are is said."""

_ON_PAPER = 8
"""Savings that are printed (`sheet.css` hides the others): the sheet stays on one page."""

_WARNING = "儿童青少年应避免过量摄入盐油糖"
"""GB 28050-2025 asks for this sentence below every nutrition table (`standards.md` §4.4)."""

_UNSAID = {
    Kept.NO: "这些文件没有放进 Git，改过什么没有记录。",
    Kept.UNREADABLE: "做这一页的电脑没有读到 Git 里的记录，改过什么没有写出来。",
}
_STEPS = {
    Step.FIRST: "首次记下",
    Step.AGAIN: "重新记下",
    Step.GONE: "拿掉",
    Step.ADDED: "补上",
    Step.CHANGED: "改过",
    Step.REMOVED: "删去",
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What was changed in one go: the day, who, and a line for each change."""

    day: str
    who: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NutritionTable:
    """The rows of a nutrition table, those that the rules ask for first; and what stands below."""

    rows: tuple[tuple[str, str, str], ...]
    warning: str


def is_digital(product: Product) -> bool:
    """Whether the batch sheets of a product are digital labels: only food has one."""
    return product.digital_label and product.kind in EATEN


def label_view(
    press: Press, batch: Batch, product: Product, story: Story | None, page: str
) -> dict[str, Any]:
    """What a digital label shows beside the facts that every sheet shows."""
    history = press.library.histories.get(batch.key, History(Kept.NO))
    saved, left_out = _latest(press, history)
    processed = product.kind is ProductKind.PROCESSED
    return {
        "picture": None,
        "reasons_first": True,
        "label": [*_rows(press, product, batch)],
        "nutrition": _nutrition(product, batch) if processed else None,
        "story": press.href("stories", urls.story(story.id), page) if story else "",
        "changes": saved,
        "more_than_paper": len(saved) > _ON_PAPER,
        "remarks": _remarks(history, left_out),
        "buttons": [large_print(product, batch, page), *call_button(press, "打电话问", product)],
    }


# --- label facts ---------------------------------------------------------------------------------


def _rows(press: Press, product: Product, batch: Batch) -> Iterator[Row]:
    """The mandatory items, in the order of GB 7718-2025 (4.2 to 4.11), allergens beside the
    ingredients as 4.12 allows; of fresh produce those of 农产品质量安全法 art. 38."""
    processed = product.kind is ProductKind.PROCESSED
    place = place_name(press.library, batch.place or product.place)
    yield Row("食品名称" if processed else "品名", product.name)
    if processed:
        yield Row("配料", "、".join(product.ingredients))
        yield Row("致敏物质", "、".join(product.allergens))
        yield Row("净含量", net_content(product, batch))
        if batch.variant:
            yield Row("规格", batch.variant)
    else:
        yield Row("产地", place)
    yield from maker_rows(press, product, batch)
    yield Row("生产日期" if processed else "采收日期", _day(batch))
    yield from date_rows(product, batch)
    yield Row("批号", batch.lot)
    yield Row("贮存条件", product.storage or "")
    if processed:
        yield Row("许可证号", product.licence or _maker_licence(press, product, batch))
        yield Row("产品标准", product.standard or "")
        yield Row("产地", place)
    yield from breed_rows(product)


def _day(batch: Batch) -> str:
    return said_date(batch.made_on) if batch.made_on else ""


def _maker_licence(press: Press, product: Product, batch: Batch) -> str:
    """A small workshop is registered itself, not each of its products."""
    makers = (batch.producer,) if batch.producer else product.makers
    held = [press.library.producers[each].licence for each in makers]
    return "、".join(each for each in held if each)


def _nutrition(product: Product, batch: Batch) -> NutritionTable:
    """The table by the rules of the day of making. Without a row of its own a nutrient that must
    stand there is shown as missing; without any row the whole table is."""
    rules = rules_on(batch.made_on) if batch.made_on else NEW
    given = {nutrient(each.name): each for each in product.nutrition}
    rows = []
    for name in dict.fromkeys([*NUTRIENTS[NEW], *given]) if given else ():
        each = given.get(name)
        if each:
            rows.append((each.name, each.per_100g, each.nrv or ""))
        elif name in NUTRIENTS[rules]:
            rows.append((name, "", ""))
    return NutritionTable(tuple(rows), _WARNING if rules == NEW and rows else "")


# --- changes -------------------------------------------------------------------------------------


def _latest(press: Press, history: History) -> tuple[list[Saved], int]:
    """The latest changes, by day and person, and how many older ones are left out."""
    room = _MOST
    found: list[Saved] = []
    for revision in history.revisions:
        lines = [_line(each) for each in revision.changes][: max(room, 0)]
        room -= len(revision.changes)
        if lines:
            day = said_date(revision.on) if revision.on else "日期不明"
            found.append(Saved(day, _who(press, revision), tuple(lines)))
    return found, max(-room, 0)


def _line(change: Change) -> str:
    """净含量：480 克 → 500 克. A value that is not to be repeated is only said to have changed."""
    plain = f"{change.what}：{_STEPS[change.step]}"
    if not (change.before or change.after):
        return plain
    before, after = (each or "未记录" for each in (change.before, change.after))
    return f"{change.what}：{before} → {after}"


def _who(press: Press, revision: Revision) -> str:
    """Whoever agreed to be named; else the cooperative, which answers for what it publishes."""
    if revision.author:
        return revision.author
    brand = press.library.brand
    producer = press.library.producers.get(brand.cooperative or "")
    return f"{producer.name if producer else '合作社'}（经手人没有公开姓名）"


def _remarks(history: History, left_out: int) -> list[str]:
    """What the record does not hold."""
    if history.kept is not Kept.YES:
        return [_UNSAID[history.kept]]
    said = (
        (f"更早的还有 {left_out} 处，没有列在这里。", left_out > 0),
        ("更早的没有。", history.cut),
        ("还有没存进 Git 的改动。", history.unsaved),
        ("这一批记在表格文件里，它改过什么读不出来。", history.workbook),
        ("工序和备注改过，不逐条列出。", True),
    )
    return [text for text, holds in said if holds]
