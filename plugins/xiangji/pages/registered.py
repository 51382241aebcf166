"""Pages behind printed codes that have no sheet of their own: moved, closed, not yet used.

A moved code goes on by itself and can be tapped: `<meta http-equiv="refresh">` after 0 seconds is a
redirect to browsers, WeChat's among them, needs no script and leaves nothing to go back to; a longer
wait would take the page away from a slow reader (WCAG 2.2.1). The link stands there for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from xiangji import urls
from xiangji.library import Library
from xiangji.model.label import heading
from xiangji.model.label_item import Form, Key
from xiangji.pages.entries import Entry, call_button
from xiangji.pages.output import Artifact
from xiangji.pages.press import Press
from xiangji.records.batch import Batch
from xiangji.records.words import CodeState
from xiangji.register import Printed
from xiangji.sources.register import REGISTER


def outputs(
    press: Press, found: Mapping[str, Printed], answered: Collection[str]
) -> Iterator[Artifact]:
    """A page for each printed address that leads on, is closed or is unbound. `answered` are the
    addresses that have a page already."""
    for each in found.values():
        if each.address in answered or each.round:
            continue
        if each.to is not None:
            yield _page(press, each, _moved(press, each, each.to))
        elif each.state is CodeState.CLOSED:
            yield _page(press, each, _closed(press))
        elif each.state is CodeState.UNBOUND:
            yield _page(press, each, _unbound(press, each))


def _page(press: Press, each: Printed, view: dict[str, object]) -> Artifact:
    document = press.render(
        "code.html",
        each.address,
        styles=("usual", "lists", "story"),
        address=f"/{each.address}",
        **view,  # type: ignore[arg-type]
    )
    return Artifact(urls.file_of(each.address), document.encode(), REGISTER)


def _moved(press: Press, each: Printed, to: str) -> dict[str, object]:
    href = urls.relative(to, each.address)
    batch = _batch(press.library, to)
    name = press.library.products[batch.product].name if batch else ""
    rolled = each.address.startswith(urls.ROLLS)
    what = f"{name}，{heading(Key.LOT, Form.PAGE)} {batch.lot}" if batch else "新的地址"
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
        "entries": [Entry(f"看{what}", "", href)],
        "buttons": [],
    }


def _closed(press: Press) -> dict[str, object]:
    call = call_button(press, "打电话问")
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


def _unbound(press: Press, each: Printed) -> dict[str, object]:
    call = call_button(press, "打电话问")
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
