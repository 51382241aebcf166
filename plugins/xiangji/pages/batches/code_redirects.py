"""Makes the pages behind printed codes that have no sheet of their own: moved, closed or not yet used.

The page of a moved code redirects by `<meta http-equiv="refresh">` after 0 seconds. Browsers, also the one in WeChat,
treat this as a redirect without a history entry, and it needs no script. A longer delay takes the page away while
somebody reads it (WCAG 2.2.1). The page also has a link, for browsers that do not redirect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from xiangji import urls
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import heading
from xiangji.library import Library
from xiangji.library.code_register import PrintedAddress
from xiangji.model.vocabularies import CodeState
from xiangji.readers.tables.registers import REGISTER
from xiangji.records.batch import Batch
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact
from xiangji.views.entries import ListEntry, call_buttons


def outputs(
    context: RenderContext, found: Mapping[str, PrintedAddress], answered: Collection[str]
) -> Iterator[Artifact]:
    """Yield a page for each printed address that is moved, closed or unbound.

    `answered` are the addresses that have a page already. They get no other.
    """
    for each in found.values():
        if each.address in answered or each.round:
            continue
        if each.to is not None:
            yield _page(context, each, _moved(context, each, each.to))
        elif each.state is CodeState.CLOSED:
            yield _page(context, each, _closed(context))
        elif each.state is CodeState.UNBOUND:
            yield _page(context, each, _unbound(context, each))


def _page(context: RenderContext, each: PrintedAddress, view: dict[str, object]) -> Artifact:
    document = context.render(
        "code.html",
        each.address,
        styles=("usual", "lists", "story"),
        address=f"/{each.address}",
        **view,  # type: ignore[arg-type]
    )
    return Artifact(urls.file_of(each.address), document.encode(), REGISTER)


def _moved(context: RenderContext, each: PrintedAddress, to: str) -> dict[str, object]:
    href = urls.relative(to, each.address)
    batch = _batch(context.library, to)
    name = context.library.products[batch.product].name if batch else ""
    rolled = each.address.startswith(urls.ROLLS)
    what = f"{name}，{heading(LabelKey.LOT, LabelForm.PAGE)} {batch.lot}" if batch else "新的地址"
    title = f"{name} 批次 {batch.lot}" if batch else "这个码换了地址"
    return {
        "title": title,
        "description": f"这个码现在打开的是：{what}。",
        "canonical": to,
        "heading": name or title,
        "lead": "没有自己转过去的话，点下面这一行。"
        if rolled
        else "这个码还能用，只是页面换了地址。没有自己转过去的话，点下面这一行。",
        "onward": href,
        "entries": [ListEntry(f"看{what}", "", href)],
        "buttons": [],
    }


def _closed(context: RenderContext) -> dict[str, object]:
    call = call_buttons(context, "打电话问")
    lead = "印这个码的标签已经不用了，后面没有页面。"
    return {
        "title": "这个码已经停用",
        "description": lead,
        "heading": "这个码已经停用",
        "lead": lead + ("东西还在您手上、想问清楚的，请打电话。" if call else ""),
        "onward": "",
        "entries": [],
        "buttons": call,
    }


def _unbound(context: RenderContext, each: PrintedAddress) -> dict[str, object]:
    call = call_buttons(context, "打电话问")
    lead = "这是预先印好的码，还没有用在哪一批上。"
    number = each.address.removeprefix(urls.ROLLS).strip("/")
    ask = f"如果您的罐子上有它，请打电话，报这个编号：{number}。" if call else f"编号：{number}。"
    return {
        "title": "预先印好的码",
        "description": lead,
        "heading": "预先印好的码",
        "lead": lead + ask,
        "onward": "",
        "entries": [],
        "buttons": call,
    }


def _batch(library: Library, address: str) -> Batch | None:
    parts = urls.lot_of(address)
    batch = library.batches.get(f"{parts[0]}/{parts[1]}") if parts else None
    return batch if batch and batch.product in library.products else None
