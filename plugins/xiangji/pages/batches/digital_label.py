"""A batch sheet as a digital food label (`standards.md` §4.3, 公告 2025 年第 5 号).

Label facts first and without a tap, nothing sold, nothing that floats, the story on its own page,
and a visible record of changes. What is missing is listed like everything else.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.model.values import said_date
from xiangji.pages.batches.states import EATEN
from xiangji.records.batch import Batch
from xiangji.records.history import ChangeStep, History, LabelChange, RecordKeeping, Revision
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.views.entries import call_button, large_print

_MOST = 30
"""Lines of the change record on a page; how many older ones there are is said."""

_ON_PAPER = 8
"""Savings that are printed (`sheet.css` hides the others): the sheet stays on one page."""

_UNSAID = {
    RecordKeeping.NO: "这些文件没有放进 Git，改过什么没有记录。",
    RecordKeeping.UNREADABLE: "做这一页的电脑没有读到 Git 里的记录，改过什么没有写出来。",
}
_STEPS = {
    ChangeStep.FIRST: "首次记下",
    ChangeStep.AGAIN: "重新记下",
    ChangeStep.GONE: "拿掉",
    ChangeStep.ADDED: "补上",
    ChangeStep.CHANGED: "改过",
    ChangeStep.REMOVED: "删去",
}


class SavedChanges(Struct, frozen=True):
    """What was changed in one go: the day, who, and a line for each change."""

    day: str
    who: str
    lines: tuple[str, ...]


def is_digital(product: Product) -> bool:
    """Whether the batch sheets of a product are digital labels: only food has one."""
    return product.digital_label and product.kind in EATEN


def label_frame(
    context: RenderContext, product: Product, story: Story | None, page: str
) -> dict[str, Any]:
    """What the digital labels of a product have in common beside the frame."""
    return {
        "picture": None,
        "story": context.href(Story, urls.story(story.id), page) if story else "",
        "buttons": [large_print(page), *call_button(context, "打电话问", product)],
    }


def label_view(context: RenderContext, batch: Batch) -> dict[str, Any]:
    """What a digital label shows beside the facts that every sheet shows: how it was changed."""
    history = context.library.histories.get(batch.key, History(RecordKeeping.NO))
    saved, left_out = _latest(context, history)
    return {
        "changes": saved,
        "more_than_paper": len(saved) > _ON_PAPER,
        "remarks": _remarks(history, left_out),
    }


# --- changes -------------------------------------------------------------------------------------


def _latest(context: RenderContext, history: History) -> tuple[list[SavedChanges], int]:
    """The latest changes, by day and person, and how many older ones are left out."""
    room = _MOST
    found: list[SavedChanges] = []
    for revision in history.revisions:
        lines = [_line(each) for each in revision.changes][: max(room, 0)]
        room -= len(revision.changes)
        if lines:
            day = said_date(revision.on) if revision.on else "日期不明"
            found.append(SavedChanges(day, _who(context, revision), tuple(lines)))
    return found, max(-room, 0)


def _line(change: LabelChange) -> str:
    """净含量：480 克 → 500 克. A value that is not to be repeated is only said to have changed."""
    plain = f"{change.what}：{_STEPS[change.step]}"
    if not (change.before or change.after):
        return plain
    before, after = (each or "未记录" for each in (change.before, change.after))
    return f"{change.what}：{before} → {after}"


def _who(context: RenderContext, revision: Revision) -> str:
    """Whoever agreed to be named; else the cooperative, which answers for what it publishes."""
    if revision.author:
        return revision.author
    brand = context.library.brand
    producer = context.library.producers.get(brand.cooperative or "")
    return f"{producer.name if producer else '合作社'}（经手人没有公开姓名）"


def _remarks(history: History, left_out: int) -> list[str]:
    """What the record does not hold."""
    if history.kept is not RecordKeeping.YES:
        return [_UNSAID[history.kept]]
    said = (
        (f"更早的还有 {left_out} 处，没有列在这里。", left_out > 0),
        ("更早的没有。", history.cut),
        ("还有没存进 Git 的改动。", history.unsaved),
        ("这一批记在表格文件里，它改过什么读不出来。", history.workbook),
        ("工序和备注改过，不逐条列出。", True),
    )
    return [text for text, holds in said if holds]
