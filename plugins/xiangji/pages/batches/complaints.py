"""Says on a batch sheet how to complain, and how long answers to complaints took.

The figures are of the public complaints alone. Each of them stands with its days on the list that the sheet links to,
so a small number tells of nobody more than the list does.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji import urls
from xiangji.model.parsing.telephone import CallPart, call_parts
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext
from xiangji.views.entries import telephone


class ComplaintView(Struct, frozen=True):
    """How to complain about a lot, as a sheet shows it. Its parts are empty where there is nothing to say."""

    way: tuple[CallPart, ...]
    times: str
    listed: Link | None


def complaint_times(context: RenderContext) -> str:
    """Return how long answers to all public complaints took; empty if there is none.

    It is computed once per build. A shard gets it as text, since it has no need of the complaints.
    """
    complaints = context.library.shelf("complaints").values()
    if not complaints:
        return ""
    from xiangji.kinds.deciding.complaint import said_times  # Few villages have complaints.

    mark = "（示例）" if any(each.sample for each in complaints) else ""
    return f"公开的投诉 {said_times(complaints)}{mark}。"


def complaint_view(
    context: RenderContext, product: Product, page: str, times: str, lot_heading: str
) -> ComplaintView | None:
    """Return how to complain about a lot of a product; None if the village has named no way."""
    number = telephone(context, product)
    way = f"打 {number}，报上面的{lot_heading}。" if number else ""
    if not (way or times):
        return None
    listed = Link("投诉都在这里", urls.relative(urls.COMPLAINTS, page)) if times else None
    return ComplaintView(call_parts(way), times, listed)
