"""Warnings about lots of a product, for its page, its cards in the catalogue, and search.

A card has a short mark. The product's page names the lots. Few people still hold expired goods, so a card mentions
expired lots only if all lots are expired.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from xiangji import urls
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.vocabularies import Shipping
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext

_MOST_NAMED = 6
"""How many lots of one state a product's page names, the newest first. It names all recalled lots."""

_MARKS = {
    LotState.RECALLED: "有批次召回",
    LotState.INPUT_RECALLED: "有批次待查",
    LotState.ON_HOLD: "有批次停售",
    LotState.FAILED: "有批次不合格",
    LotState.INPUT_ON_HOLD: "有批次待查",
}
_ALL_EXPIRED = "批次都已过期"

NOT_SOLD = "现在没有能卖的批次"
"""The text for a product none of whose lots is fine."""

_ASK = "手里有的先别吃、别用，点{lot}看怎么办。"
_NOTICES = {
    LotState.RECALLED: ("召回", _ASK),
    LotState.INPUT_RECALLED: ("用料已召回，待查", _ASK),
    LotState.ON_HOLD: ("停售", "已经买到的，点{lot}看怎么办。"),
    LotState.FAILED: ("检验不合格", _ASK),
    LotState.INPUT_ON_HOLD: ("用料停售，待查", _ASK),
    LotState.EXPIRED: ("已过期", "不要吃，不要用。"),
    LotState.PENDING: ("待检", "结果出来以前先别吃、别用。"),
    LotState.UNRECORDED: ("状态未记录", "合作社还没有记。"),
}
"""By state: the heading of a notice, and what the reader should do."""


class Notice(Struct, frozen=True):
    """Lots of a product that are in one state, and what to do. A `loud` notice is emphasised."""

    head: str
    lots: tuple[Link, ...]
    more: str
    tail: str
    loud: bool


class LotsInAll(Struct, frozen=True):
    """The lots of a product by state.

    `counts` has the number of lots, `newest` the newest lots. `stopped` has all lots that are stopped for
    another reason than expiry. An expired lot counts as expired in `counts` and `newest`, whatever else is wrong.
    """

    count: int
    counts: Mapping[LotState, int]
    newest: Mapping[LotState, tuple[Batch, ...]]
    stopped: tuple[tuple[LotState, Batch], ...]
    good_until: date | None
    """The last day on which any of the fine lots is good. None if one of them has no such day, or no lot is fine."""

    @property
    def all_expired(self) -> bool:
        """Whether there are lots and all of them are expired."""
        return 0 < self.count == self.counts.get(LotState.EXPIRED, 0)

    @property
    def any_fine(self) -> bool:
        """Whether at least one lot may be eaten and sold."""
        return any(self.counts.get(each) for each in LotState if each.is_fine)


def lots_in_all(context: RenderContext, product: Product) -> LotsInAll:
    """Return the lots of a product by state. The result is cached, since every card of the product needs it."""
    if product.id not in context.lots_in_all:
        context.lots_in_all[product.id] = _found(context, product)
    found: LotsInAll = context.lots_in_all[product.id]
    return found


def _found(context: RenderContext, product: Product) -> LotsInAll:
    library, today = context.library, context.settings.today
    counts: dict[LotState, int] = {}
    newest: dict[LotState, list[Batch]] = {}
    stopped: list[tuple[LotState, Batch]] = []
    ends: list[date | None] = []
    lots = library.lots_of(product.id)
    for batch in lots:
        found = standing_of(library, batch, today)
        state = LotState.EXPIRED if found.has(LotState.EXPIRED) else found.state
        counts[state] = counts.get(state, 0) + 1
        some = newest.setdefault(state, [])
        if len(some) < _MOST_NAMED or state is LotState.RECALLED:
            some.append(batch)
        if found.state.is_fine:
            ends.append(found.until)
        if found.state.is_stopped and found.state is not LotState.EXPIRED:
            stopped.append((found.state, batch))
    shown = {state: tuple(some) for state, some in newest.items()}
    known = [each for each in ends if each is not None]
    until = max(known) if known and len(known) == len(ends) else None
    return LotsInAll(len(lots), counts, shown, tuple(stopped), until)


def marks(context: RenderContext, product: Product) -> tuple[str, ...]:
    """Return the short warnings for every card of a product, the most serious first."""
    found = lots_in_all(context, product)
    if found.all_expired:
        return (_ALL_EXPIRED,)
    return tuple(dict.fromkeys(mark for state, mark in _MARKS.items() if found.counts.get(state)))


def good_until(context: RenderContext, product: Product) -> str:
    """Return the last day on which a lot of a product is good, as `YYYY-MM-DD`. Empty if no such day is known.

    The scripts of the shop compare it with the reader's day, which is later than the day of the build.
    """
    found = lots_in_all(context, product).good_until
    return found.isoformat() if found else ""


def is_sold(context: RenderContext, product: Product) -> bool:
    """Whether there may be a lot to sell: a lot is fine, no lot is recorded, or the product can be preordered."""
    found = lots_in_all(context, product)
    return not found.count or found.any_fine or product.shipping is Shipping.PREORDER


def recalled_lots(context: RenderContext, product: Product) -> tuple[Batch, ...]:
    """Return the recalled lots of a product that are not expired."""
    return lots_in_all(context, product).newest.get(LotState.RECALLED, ())


def notices(context: RenderContext, product: Product, page: str, lot: str) -> list[Notice]:
    """Return the notices on the product's page about lots that are not fine, or whose state is not recorded.

    `lot` is the heading of a lot code, such as 批号. Links are relative to the address `page`.
    """
    found = lots_in_all(context, product)
    told = []
    for state, (head, tail) in _NOTICES.items():
        some = found.newest.get(state, ())
        if not some:
            continue
        more = found.counts[state] - len(some)
        told.append(
            Notice(
                head,
                tuple(_link(context, each, page) for each in some),
                f"等 {found.counts[state]} 批" if more else "",
                tail.format(lot=lot),
                state in _MARKS or (state is LotState.EXPIRED and found.all_expired),
            )
        )
    return told


def _link(context: RenderContext, batch: Batch, page: str) -> Link:
    return Link(batch.lot, context.href("trace", urls.sheet(batch.product, batch.lot), page))
