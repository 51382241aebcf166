"""Whether a batch is fine: one word and a date, never colour alone.

What the cooperative says comes first; expiry is computed; where nobody said anything the sheet says
that nothing is recorded, and does not call it fine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import heading
from xiangji.library import Library
from xiangji.model.values import said_date
from xiangji.model.vocabularies import BatchStatus, ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product


class StateView(Struct, frozen=True):
    """`key` names shape and colour, `word` says it, `sentences` say until when or what to do.

    `why` stands below the first facts: on a small screen what to do comes first.
    """

    key: str
    word: str
    sentences: tuple[str, ...]
    icon: str
    why: str = ""


_ICONS = {
    "normal": "check",
    "pending": "clock",
    "on_hold": "pause",
    "recalled": "stop",
    "expired": "expired",
    "unrecorded": "question",
}
EATEN = (ProductKind.PRODUCE, ProductKind.PROCESSED)


def last_day(batch: Batch, product: Product) -> date | None:
    """The last good day, computed from shelf life and day of making; None if either is unknown."""
    if product.shelf_life is None or batch.made_on is None:
        return None
    return product.shelf_life.last_day(batch.made_on)


def state_of(batch: Batch, product: Product, today: date) -> StateView:
    """The state of a batch on `today`. The most serious one counts."""
    until = last_day(batch, product)
    if batch.status is BatchStatus.RECALLED:
        return _stopped("recalled", "这一批已召回", batch)
    if batch.status is BatchStatus.ON_HOLD:
        return _stopped("on_hold", "这一批已停售", batch)
    if until is not None and until < today:
        return _state("expired", "这一批已过期", f"保质期到 {said_date(until)}为止", batch.advice)
    good = _good_until(product, until)
    if batch.status is BatchStatus.PENDING:
        return _state("pending", "这一批待检", "检验结果还没有出来", good)
    if batch.status is BatchStatus.NORMAL:
        return _state("normal", "这一批正常", good)
    return _state("unrecorded", "状态未记录", "合作社还没有记这一批的状态", good)


def expired_among(batches: Iterable[Batch], product: Product, today: date) -> str:
    """Which of some batches are past their last day, a sign for each: of a state, the day decides no
    more than that."""
    ends = (last_day(each, product) for each in batches)
    return "".join("x" if end is not None and end < today else "." for end in ends)


def _state(key: str, word: str, *sentences: str | None) -> StateView:
    return StateView(key, word, tuple(each for each in sentences if each), _ICONS[key])


def _stopped(key: str, word: str, batch: Batch) -> StateView:
    """Held or recalled: what to do in the box, why below; the reason alone if nobody said more."""
    if batch.advice is None:
        return _state(key, word, batch.reason)
    return replace(_state(key, word, batch.advice), why=batch.reason or "")


def _good_until(product: Product, until: date | None) -> str | None:
    """Until when it is good, said so that a reader judges by today's calendar: the page may have
    been made long before it is read, and asks no script what day it is."""
    if product.kind not in EATEN:
        return f"保质期至 {said_date(until)}" if until is not None else None
    if until is None:
        return "保质期未记录"
    return f"可食用至 {said_date(until)}，过了这天请不要吃"


def recalled_inputs(batch: Batch, library: Library) -> tuple[Batch, ...]:
    """The nearest recalled lots anywhere upstream of a batch, nearest first."""
    return library.kin_of(batch.key).recalled.lots


def reasons(state: StateView, batch: Batch, library: Library) -> list[str]:
    """Why a batch was stopped, and recalled lots that went into it."""
    recalled, more = library.kin_of(batch.key).recalled
    used = heading(LabelKey.INPUTS, LabelForm.RECORD)
    return [
        *([state.why] if state.why else []),
        *(f"{used} {each.lot} 已召回：{each.reason or '原因未记录'}" for each in recalled),
        *([f"另有 {more} 个更早的用料批次已召回，写在上面这些批次的页面上"] if more else []),
    ]


def poster_batch(library: Library, product: Product, today: date) -> Batch | None:
    """The newest batch of a product that may be shown to friends: fine, and nothing recalled in it."""
    for batch in library.lots_of(product.id):
        fine = state_of(batch, product, today).key == "normal"
        if fine and not recalled_inputs(batch, library):
            return batch
    return None
