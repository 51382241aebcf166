"""The lists of a product's batches, made as shards: they are made again only if the product or its batches change."""

from __future__ import annotations

from collections.abc import Iterator

from xiangji import urls
from xiangji.pages.batches.states import expired_among
from xiangji.pages.marks import marks
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact, BatchKeys, Promised, Shard, sheet_file
from xiangji.render.pagination import cut, leaf
from xiangji.views.entries import ListEntry, lot_row, product_entry

_MOST = 200
"""The most batches on one page. Each is one line of text."""


def lot_lists(context: RenderContext, product: Product) -> Iterator[Shard]:
    """Yield a shard for each page of a product's list of batches, newest first."""
    address = urls.product_lots(product.id)
    wrong = marks(context, product)
    _above(
        context, product, address, wrong
    )  # Called so that the picture is prepared before shards are made.
    pieces = cut(context.library.lots_of(product.id), _MOST)
    for number, piece in enumerate(pieces, start=1):
        batches = BatchKeys(each.key for each in piece)
        given = str(number), str(len(pieces)), product.origin.path, *wrong
        key = f"lots/{product.id}/{number}"
        day = expired_among(piece, product, context.settings.today)
        yield Shard(key, batches, make_list, _promise, given, day, near=True)


def _promise(shard: Shard) -> Iterator[Promised]:
    number, _, source = shard.given[:3]
    address = urls.product_lots(shard.batches[0].partition("/")[0])
    yield Promised(urls.file_of(urls.further(address, int(number))), listed=True, source=source)


def make_list(context: RenderContext, shard: Shard) -> Iterator[Artifact]:
    """Yield the one page of a shard."""
    lots = context.library.batches.get
    batches = [lot for lot in map(lots, shard.batches) if lot is not None]
    product = context.library.products[batches[0].product]
    number, count = map(int, shard.given[:2])
    address = urls.product_lots(product.id)
    page = urls.further(address, number)
    turn = leaf(page, number, count, lambda other: urls.further(address, other))
    description = f"{product.name}的全部批次，新的在前。"
    document = context.render(
        "list.html",
        page,
        title=turn.named(f"{product.name}的批次"),
        description=description,
        styles=("usual", "lists", "story", "product"),
        lead=description if number == 1 else "",
        groups=[{"title": "", "entries": _above(context, product, page, shard.given[3:])}],
        told=(),
        feed="",
        lots=[lot_row(context, each, page) for each in batches],
        empty="",
        leaf=turn,
    )
    yield sheet_file(page, document, product.origin.location.path)


def _above(
    context: RenderContext, product: Product, page: str, told: tuple[str, ...]
) -> list[ListEntry]:
    """Return the link to the product above the list, or nothing if products have no pages."""
    return [product_entry(context, product, page, told=told)] if Product in context.choice else []
