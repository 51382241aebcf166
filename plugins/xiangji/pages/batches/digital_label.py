"""Prepares a batch sheet as a digital food label (`standards.md` §4.3, 公告 2025 年第 5 号).

The label facts come first and need no tap. The page sells nothing and has no floating element. The story is on its own
page. A record of changes is visible. Missing items are listed like all others.
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
"""The most lines of the change record on a page. The page says how many older ones there are."""

_ON_PAPER = 8
"""How many saved changes are printed, so that the sheet stays on one page. `sheet.css` hides the others."""

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
    """The changes of one commit: the day, the author, and a line for each change."""

    day: str
    who: str
    lines: tuple[str, ...]


def is_digital(product: Product) -> bool:
    """Whether the batch sheets of a product are digital labels. Only food has them."""
    return product.digital_label and product.kind in EATEN


def label_frame(
    context: RenderContext, product: Product, story: Story | None, page: str
) -> dict[str, Any]:
    """Return the part of the view that all digital labels of a product share, besides the frame."""
    return {
        "picture": None,
        "story": context.href(Story, urls.story(story.id), page) if story else "",
        "buttons": [large_print(page), *call_button(context, "打电话问", product)],
    }


def label_view(context: RenderContext, batch: Batch) -> dict[str, Any]:
    """Return the part of the view that only digital labels have: the record of changes."""
    history = context.library.histories.get(batch.key, History(RecordKeeping.NO))
    saved, left_out = _latest(context, history)
    return {
        "changes": saved,
        "more_than_paper": len(saved) > _ON_PAPER,
        "remarks": _remarks(history, left_out),
    }


# --- changes -------------------------------------------------------------------------------------


def _latest(context: RenderContext, history: History) -> tuple[list[SavedChanges], int]:
    """Return the latest changes, one value for each commit, and the number of older changes that are left out."""
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
    """Return a change as a line: 净含量：480 克 → 500 克. If its values are not shown, it says only what happened."""
    plain = f"{change.what}：{_STEPS[change.step]}"
    if not (change.before or change.after):
        return plain
    before, after = (each or "未记录" for each in (change.before, change.after))
    return f"{change.what}：{before} → {after}"


def _who(context: RenderContext, revision: Revision) -> str:
    """Return the author if he or she agreed to be named, else the cooperative, which is responsible for the site."""
    if revision.author:
        return revision.author
    brand = context.library.brand
    producer = context.library.producers.get(brand.cooperative or "")
    return f"{producer.name if producer else '合作社'}（经手人没有公开姓名）"


def _remarks(history: History, left_out: int) -> list[str]:
    """Return sentences about what the record of changes does not contain."""
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
