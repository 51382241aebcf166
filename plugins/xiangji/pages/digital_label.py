"""A batch sheet as a digital food label (`standards.md` §4.3, 公告 2025 年第 5 号).

Label facts first and without a tap, nothing sold, nothing that floats, the story on its own page,
and a visible record of changes. What is missing is listed like everything else.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.pages.entries import call_button, large_print
from xiangji.pages.press import Press
from xiangji.pages.states import EATEN
from xiangji.records.batch import Batch
from xiangji.records.history import Change, History, Kept, Revision, Step
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.records.values import said_date

_MOST = 30
"""Lines of the change record on a page; how many older ones there are is said."""

_ON_PAPER = 8
"""Savings that are printed (`sheet.css` hides the others): the sheet stays on one page."""

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


class Saved(Struct, frozen=True):
    """What was changed in one go: the day, who, and a line for each change."""

    day: str
    who: str
    lines: tuple[str, ...]


def is_digital(product: Product) -> bool:
    """Whether the batch sheets of a product are digital labels: only food has one."""
    return product.digital_label and product.kind in EATEN


def label_frame(press: Press, product: Product, story: Story | None, page: str) -> dict[str, Any]:
    """What the digital labels of a product have in common beside the frame."""
    return {
        "picture": None,
        "story": press.href(Story, urls.story(story.id), page) if story else "",
        "buttons": [large_print(page), *call_button(press, "打电话问", product)],
    }


def label_view(press: Press, batch: Batch) -> dict[str, Any]:
    """What a digital label shows beside the facts that every sheet shows: how it was changed."""
    history = press.library.histories.get(batch.key, History(Kept.NO))
    saved, left_out = _latest(press, history)
    return {
        "changes": saved,
        "more_than_paper": len(saved) > _ON_PAPER,
        "remarks": _remarks(history, left_out),
    }


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
