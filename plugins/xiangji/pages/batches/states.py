"""Puts a lot's state, which `library.lot_state` computes, into words, since colour alone is not enough.

A page may be read long after the build, and no script checks the day. So the text of a good lot says until when it is
good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import heading
from xiangji.label.versions import how_counted
from xiangji.library import Library
from xiangji.library.lot_links import LinkedLots
from xiangji.library.lot_state import LotState, Standing, last_day, standing, standing_of
from xiangji.model.parsing.telephone import CallPart, call_parts
from xiangji.model.values import said_date
from xiangji.model.vocabularies import BatchStatus, ProductKind
from xiangji.records.batch import Batch
from xiangji.records.lot import failed_check
from xiangji.records.product import Product


class StateView(Struct, frozen=True):
    """The view of a lot's state.

    `key` chooses shape and colour. `word` is the state in a few words. `sentences` say until when the lot is good, or
    what to do. `why` is the reason; it is shown below the first facts, since on a small screen the advice comes first.
    `fine` says whether the lot may be eaten and sold as far as is known. A lot that may not is not advertised.
    """

    key: str
    word: str
    sentences: tuple[str, ...]
    icon: str
    why: str = ""
    fine: bool = True
    also: tuple[LotState, ...] = ()
    """What else is wrong with the lot."""
    parts: tuple[tuple[CallPart, ...], ...] = ()
    """The sentences as numbers to call and the words between them."""

    @property
    def is_stopped(self) -> bool:
        """Whether the lot is not sold."""
        return LotState(self.key).is_stopped

    @property
    def short(self) -> str:
        """The word for use beside a lot code: without 这一批."""
        return _short(self.word)


ICONS = {
    LotState.NORMAL: "check",
    LotState.PENDING: "clock",
    LotState.ON_HOLD: "pause",
    LotState.INPUT_ON_HOLD: "pause",
    LotState.RECALLED: "stop",
    LotState.INPUT_RECALLED: "stop",
    LotState.FAILED: "stop",
    LotState.EXPIRED: "expired",
    LotState.UNRECORDED: "question",
}
EATEN = (ProductKind.PRODUCE, ProductKind.PROCESSED)


def state_of(library: Library, batch: Batch, today: date) -> StateView:
    """Return the view of a lot's state on `today`, with the lots it is linked with."""
    product = library.products[batch.product]
    return in_words(batch, product, standing_of(library, batch, today))


def state_alone(batch: Batch, product: Product, today: date) -> StateView:
    """Return the view of a lot's state on `today`, without looking at linked lots."""
    return in_words(batch, product, standing(batch, product, LinkedLots(), today))


def in_words(batch: Batch, product: Product, found: Standing) -> StateView:
    """Return the view of a computed state."""
    state = found.state
    sentences = [each for each in _sentences(batch, product, found) if each]
    stopped = state in (LotState.RECALLED, LotState.ON_HOLD)
    return StateView(
        key=state.value,
        word=word_of(state, product, found.has(LotState.EXPIRED)),
        sentences=tuple(sentences),
        icon=ICONS[state],
        # The box has the advice, and `why` the reason below it. Without advice, the box has the reason.
        why=(batch.reason or "") if stopped and batch.advice else "",
        fine=state.is_fine,
        also=found.also,
        parts=tuple(call_parts(each, prose=True) for each in sentences),
    )


def word_of(state: LotState, product: Product, expired: bool = False) -> str:
    """Return the words for a state. If the lot is `expired` too, they say 不要 instead of 先别."""
    return _words(product.kind in EATEN, expired)[state]


def short_state(library: Library, batch: Batch, today: date) -> tuple[str, str]:
    """Return the key of a lot's state, and its words for use beside a lot code."""
    product = library.products[batch.product]
    found = standing_of(library, batch, today)
    return found.state.value, _short(word_of(found.state, product, found.has(LotState.EXPIRED)))


def _short(word: str) -> str:
    return word.removeprefix("这一批")


@cache
def _words(eaten: bool, expired: bool) -> Mapping[LotState, str]:
    wait = ("不要" if expired else "先别") + ("吃" if eaten else "用")
    return {
        LotState.RECALLED: "这一批已召回",
        LotState.INPUT_RECALLED: f"用料已召回，{wait}",
        LotState.FAILED: f"检验不合格，{wait}",
        LotState.ON_HOLD: "这一批已停售",
        LotState.EXPIRED: "这一批已过期",
        LotState.INPUT_ON_HOLD: "用料停售，待查",
        LotState.PENDING: "这一批待检",
        LotState.NORMAL: "这一批正常",
        LotState.UNRECORDED: "状态未记录",
    }


def _not_yet(product: Product) -> str:
    return "先别吃" if product.kind in EATEN else "先别用"


def _never(product: Product) -> str:
    return "不要吃" if product.kind in EATEN else "不要用"


def _sentences(batch: Batch, product: Product, found: Standing) -> Iterator[str]:
    """Yield what to do, then until when the lot is good, then that it is expired too. Some may be empty."""
    over = found.has(LotState.EXPIRED)
    wait = _never(product) if over else _not_yet(product)
    match found.state:
        case LotState.RECALLED | LotState.ON_HOLD:
            # Without recorded advice, the reader is told to wait and to call.
            yield batch.advice or batch.reason or ""
            yield "" if batch.advice else f"合作社还没有写怎么办：{wait}，先打电话问"
        case LotState.INPUT_RECALLED | LotState.INPUT_ON_HOLD:
            yield f"待查：没查清以前{_not_yet(product)}，先打电话问" if not over else ""
        case LotState.FAILED:
            check = failed_check(batch)
            yield f"{check.layer}的结果是不合格" if check else ""
            yield batch.advice or ""
        case LotState.EXPIRED:
            yield wait
        case LotState.PENDING:
            yield "检验结果还没有出来"
            yield f"结果出来以前{wait}"
        case LotState.NORMAL:
            yield _good_until(product, batch, found.until) or ""
        case LotState.UNRECORDED:
            yield "合作社还没有记这一批的状态"
            yield _good_until(product, batch, found.until) or ""
    if over and found.until is not None:
        also = "" if found.state is LotState.EXPIRED else f"也已过期，{_never(product)}："
        yield f"{also}保质期到 {said_date(found.until)}为止"


def expired_among(batches: Iterable[Batch], product: Product, today: date) -> str:
    """Return one character per batch: `x` if its last good day is over, else `.`.

    This is everything about the states that depends on the day of the build.
    """
    ends = (last_day(each, product) for each in batches)
    return "".join("x" if end is not None and end < today else "." for end in ends)


def _good_until(product: Product, batch: Batch, until: date | None) -> str | None:
    """Return the sentence that says until when a lot is good. None if that is not known and it is not food.

    The sentence names the day, so that the reader compares it with the day of reading.
    """
    how = f"（{counted}）" if (counted := how_counted(product, batch)) else ""
    if product.kind not in EATEN:
        return f"保质期至 {said_date(until)}{how}" if until is not None else None
    if until is None:
        return "保质期未记录"
    return f"可食用至 {said_date(until)}{how}，过了这天请不要吃"


def reasons(state: StateView, batch: Batch, library: Library) -> list[str]:
    """Return why a lot was stopped, what else is wrong with it, and what is wrong with the lots it is linked with."""
    also = state.also
    return [
        *([state.why] if state.why else []),
        *([_failed(batch)] if LotState.FAILED in also else []),
        *([f"这一批也已停售：{batch.reason or _UNKNOWN}"] if LotState.ON_HOLD in also else []),
        *(["这一批也还在等检验结果"] if LotState.PENDING in also else []),
        *_of_inputs(library.kin_of(batch.key)),
        *_of_users(library, library.kin_of(batch.key)),
    ]


_UNKNOWN = "原因未记录"


def _failed(batch: Batch) -> str:
    check = failed_check(batch)
    return f"这一批{check.layer}不合格" if check else ""


def _of_inputs(kin: LinkedLots) -> Iterator[str]:
    """Yield a sentence for each recalled or stopped lot that went into a lot, the nearest first."""
    used = heading(LabelKey.INPUTS, LabelForm.RECORD)
    recalled, more = kin.recalled
    for each in recalled:
        yield f"{used} {each.lot} 已召回：{each.reason or _UNKNOWN}"
    if more:
        yield f"另有 {more} 个更早的用料批次已召回，写在上面这些批次的页面上"
    for each in kin.stopped.lots:
        if each.status is BatchStatus.ON_HOLD:
            yield f"{used} {each.lot} 已停售：{each.reason or _UNKNOWN}"
        elif each.status is not BatchStatus.RECALLED:
            yield f"{used} {each.lot} 检验不合格"
    if kin.unnamed is not None:
        yield f"有一种用料的批次已{kin.unnamed}，那一步不公开"


def _of_users(library: Library, kin: LinkedLots) -> Iterator[str]:
    """Yield a sentence for each recalled lot that a lot went into. The lot may be the cause of that recall."""
    recalled, more = kin.recalled_users
    for each in recalled[:_MOST_USERS]:
        name = library.products[each.product].name
        yield f"用了这一批的 {name} {each.lot} 已召回：{each.reason or _UNKNOWN}"
    if more := more + len(recalled[_MOST_USERS:]):
        yield f"用了这一批的另有 {more} 批已召回"


_MOST_USERS = 3
"""How many recalled lots that a lot went into are named. The rest are counted."""


def poster_batch(library: Library, product: Product, today: date) -> Batch | None:
    """Return the newest batch of a product whose state is normal, for a poster. None if there is no such batch."""
    for batch in library.lots_of(product.id):
        if standing_of(library, batch, today).state is LotState.NORMAL:
            return batch
    return None
