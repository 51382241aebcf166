"""The family of batch sheets: it divides the sheets into shards and makes the lists that lead to them."""

from __future__ import annotations

from collections.abc import Iterator

from xiangji import urls
from xiangji.images.pictures import STRIP
from xiangji.kinds.batch import KIND
from xiangji.pages.batches.complaints import complaint_times
from xiangji.pages.batches.lot_lists import lot_lists
from xiangji.pages.batches.recalls import feed, recall_list
from xiangji.pages.batches.sheets import ProductSheets
from xiangji.pages.batches.states import expired_among, poster_batch
from xiangji.pages.lists import list_pages
from xiangji.pages.marks import marks
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.outputs import Artifact, BatchKeys, Output, Promised, Shard
from xiangji.views.entries import ListEntry, product_entry


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """Yield the list of products that have sheets, the list of recalls, and the feed."""
    yield from _index(context)
    yield from recall_list(context)
    yield from feed(context)


def shards(context: RenderContext, options: NoOptions) -> Iterator[Shard]:
    """Yield the shards of each product: lists of batches, sheets in two forms, and their codes."""
    times = complaint_times(context)
    for product in context.library.products.values():
        batches = context.library.lots_of(product.id)
        if batches:
            _prepare_pictures(context, product)
            yield from lot_lists(context, product)
        given = (_poster_key(context, product), times, *marks(context, product))
        for number, start in enumerate(range(0, len(batches), _SHARD_SIZE), start=1):
            some = batches[start : start + _SHARD_SIZE]
            key = f"{product.id}/{number}"
            keys = BatchKeys(batch.key for batch in some)
            day = expired_among(some, product, context.settings.today)
            yield Shard(f"trace/{key}", keys, make_shard, _sheets, given, day)
            if context.settings.site_url:
                yield Shard(f"codes/{key}", keys, make_codes, _codes, day="", reads=False)


_SHARD_SIZE = 100
"""Batches in a shard. A smaller shard costs too much to send; larger ones leave worker processes without work."""


def _prepare_pictures(context: RenderContext, product: Product) -> None:
    """Prepare every picture that a sheet of this product shows, before its shards are made."""
    context.shown(product, STRIP, urls.product_lots(product.id))
    context.share_picture(product)


def _poster_key(context: RenderContext, product: Product) -> str:
    """Return the key of the one batch of a product that has a poster, or an empty text.

    It is computed here, since it depends on all batches of the product and a shard has only some.
    """
    if "posters" not in context.choice or product.hidden:
        return ""
    shown = poster_batch(context.library, product, context.settings.today)
    return shown.key if shown else ""


def _sheets(shard: Shard) -> Iterator[Promised]:
    """Yield the files that `make_shard` makes for each batch of a shard."""
    for key in shard.batches:
        sheet, large = urls.sheet_files(key)
        yield _new_tuple(Promised, (sheet, True, ""))
        yield _new_tuple(Promised, (large, False, ""))


def _codes(shard: Shard) -> Iterator[Promised]:
    """Yield the files that `make_codes` makes for each batch of a shard."""
    for key in shard.batches:
        for each in urls.code_files(key):
            yield _new_tuple(Promised, (each, False, ""))


_new_tuple = tuple.__new__
"""Makes a `Promised` from a tuple, faster than its constructor. A large village has very many of them."""


def make_shard(context: RenderContext, shard: Shard) -> Iterator[Artifact]:
    """Yield the files of a shard."""
    library = context.library
    postered, times, *wrong = shard.given
    sheets: ProductSheets | None = None
    for key in shard.batches:
        batch = library.batches[key]
        if sheets is None or sheets.product.id != batch.product:
            sheets = ProductSheets(context, library.products[batch.product], tuple(wrong), times)
        yield from sheets.of(batch, context.issued_for(key), key == postered)


def make_codes(context: RenderContext, shard: Shard) -> Iterator[Artifact]:
    """Yield the code of each batch as SVG and PNG. It depends on the batch's address and nothing else."""
    from xiangji.codes.qr import (
        make_code,  # Few builds after the first make codes, and the encoder is slow to import.
    )

    for key in shard.batches:
        target = context.absolute(urls.sheet(*key.split("/", 1)))
        if target is not None:
            code = make_code(target)
            for uri, content in zip(urls.code_files(key), (code.svg(), code.png()), strict=True):
                yield Artifact(uri, content, "products")


def _index(context: RenderContext) -> Iterator[Output]:
    """Yield the list of products with sheets. A reader whose code does not scan finds the lot from there."""
    library = context.library
    counts = {each: library.count_of(each) for each in library.products}
    products = [each for each in context.library.products.values() if counts[each.id]]

    def entry(product: Product, page: str) -> ListEntry:
        shown = product_entry(context, product, page)
        href = urls.relative(urls.product_lots(product.id), page)
        return ListEntry(
            product.name, f"{counts[product.id]} 批", href, shown.picture, marks(context, product)
        )

    return list_pages(
        context,
        urls.TRACE,
        KIND.heading,
        KIND.lead,
        [("", products)],
        entry,
        "products",
        "" if products else "还没有登记批次。",
    )


FAMILY = Family("trace", outputs, shards=shards)
