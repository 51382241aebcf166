"""Makes labels: checks an order, prepares the label of each batch, and sets all labels in one PDF.

A label is refused if it lacks an item that the law requires, if its text does not fit, or if the fonts lack a
character. If a label leaves out the telling for lack of room, a problem says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from xiangji import urls
from xiangji.checks.labelling.labels import lacking_details, lacking_items
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import ARRANGEMENTS, ITEMS, day_item, heading
from xiangji.library.labelled import labelled
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.location import Location
from xiangji.model.parsing.units import Dimension, unit_named
from xiangji.model.vocabularies import BatchStatus, ConsentMedium
from xiangji.pages.batches.label_rows import rules_of
from xiangji.pages.batches.states import EATEN, word_of
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import (
    BEST,
    Grid,
    Stock,
    Template,
    grid,
    larger,
    layout,
    room_for_code,
    size_of,
    that_take,
)
from xiangji.paper.glyphs import missing_in, missing_signs, thin_in
from xiangji.paper.labels.consented import left_out
from xiangji.paper.labels.text import (
    LabelText,
    goods_address,
    goods_text,
    label_text,
    roll_text,
    sheet_address,
)
from xiangji.paper.stopped_lots import allowed
from xiangji.paper.symbol import GOOD_MODULE, Sized
from xiangji.problems import Problem, fatal, problem
from xiangji.readers.tables.registers import REGISTER
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

_NAMED = 3
"""How many kinds and sheets a remedy names: the smallest ones, since a village has those."""


class LabelOrder(Struct, frozen=True):
    """How labels are to be printed.

    `width` and `height` are in millimetres, `resolution` is in dots per inch. `level` is the error correction level of
    the code. `slug` is a line in the margin of a sheet that says what the sheet is.
    """

    template: Template
    stock: Stock
    width: float
    height: float
    resolution: int = 300
    level: str = BEST
    black_only: bool = False
    slug: str = ""

    @property
    def arrangement(self) -> str:
        """The name of the layout for the size, such as `wide`."""
        return layout(self.template, self.width, self.height)

    @property
    def size(self) -> str:
        """The size as people read it, such as `180 × 60`."""
        return size_of(self.width, self.height)

    def named(self) -> dict[str, str]:
        """The words for the ordered label in problems."""
        return self.template.named(self.width, self.height)

    def instead(self, need: float | None = None) -> dict[str, str]:
        """The words for what else has room: kinds of label for a code of `need` mm, and sheets of larger labels."""
        kinds = that_take(need, self.width, self.height)[-_NAMED:] if need else []
        sheets = larger(self.stock)[:_NAMED]
        zh = "、".join(f"{each.zh}（-t {each.key}）" for each in kinds)
        en = ", ".join(f"{each.en} (-t {each.key})" for each in kinds)
        papers = ", ".join(each.key for each in sheets)
        return {
            "instead": (f"这么大的标签放得下：{zh}。" if zh else "")
            + (f"标签大一些的纸：--stock {papers.replace(', ', '、')}。" if papers else ""),
            "instead_en": (f"This size has room on: {en}. " if en else "")
            + (f"Larger labels: --stock {papers}. " if papers else ""),
        }

    @property
    def grid(self) -> Grid | None:
        """The grid of labels on the stock. None if each label has a page of its own."""
        return grid(self.stock, self.width, self.height)

    @property
    def per_page(self) -> int:
        """The number of labels on a page."""
        cells = self.grid
        return cells.columns * cells.rows if cells else 1


class Label(Struct, frozen=True):
    """One label that may be printed, `copies` times."""

    text: LabelText
    code: Sized
    copies: int

    @property
    def address(self) -> str:
        """The address in its code."""
        return self.code.symbol.address


def prepare(
    context: RenderContext,
    batch: Batch,
    order: LabelOrder,
    fonts: Fonts,
    copies: int,
    anyway: str = "",
) -> tuple[Label | None, list[Problem]]:
    """Return the label of a batch and its problems. The label is None if a problem keeps it from being printed.

    `anyway` is the reason why a label is wanted for a lot that is not sold.
    """
    product = context.library.products[batch.product]
    found = unreachable(context) + allowed(context, batch, list(_stopped(context, batch)), anyway)
    found += _waiting_warning(context, batch)
    if order.template.full:
        found += [*_lacks(context, batch, product), *_unsure(context, batch, product)]
    address = sheet_address(context, batch)
    if address is None:
        return None, found
    text = label_text(context, batch, product, address)
    found += missing_signs(context, batch, product, text.words(), fonts)
    found += thin_in(text.name, fonts, product.origin.of("name"))
    sized, told = _code(address, batch.key, batch.origin.of("lot"), order)
    found += [*told, *left_out(context, product, ConsentMedium.LABEL)]
    if sized is None or fatal(found, strict=False):
        return None, found
    return Label(text, sized, copies), found


def _stopped(context: RenderContext, batch: Batch) -> Iterator[Problem]:
    """Yield why a batch gets no label."""
    found = standing_of(context.library, batch, context.settings.today)
    place = batch.origin.of("status")
    # Of the other states of the lot, only expiry is reported. The main state already keeps the label from printing.
    over = [each for each in found.also if each is LotState.EXPIRED]
    for state in (found.state, *over):
        recalled = context.library.kin_of(batch.key).recalled.lots
        if state is LotState.RECALLED:
            yield problem("label-recalled", place, value=batch.key)
        elif state is LotState.EXPIRED:
            made = batch.origin.of(day_item(context.library.products[batch.product], batch))
            yield problem("label-expired", made, value=batch.key, day=found.until)
        elif state is LotState.INPUT_RECALLED and recalled:
            at = batch.origin.of("inputs")
            yield problem("label-input", at, value=batch.key, input=recalled[0].key)
        elif state.is_stopped:
            word = word_of(state, context.library.products[batch.product]).removeprefix("这一批")
            told = {"state": word, "state_en": state.value.replace("_", " ")}
            yield problem("label-state", place, value=batch.key, **told)


def _waiting_warning(context: RenderContext, batch: Batch) -> list[Problem]:
    """Return a warning for a lot that waits for its inspection. Its label may be printed before the result is there."""
    if standing_of(context.library, batch, context.settings.today).state is not LotState.PENDING:
        return []
    state = BatchStatus.PENDING
    told = {"state": str(state), "state_en": state.key}
    return [problem("label-stopped", batch.origin.of("status"), value=batch.key, **told)]


def _lacks(context: RenderContext, batch: Batch, product: Product) -> Iterator[Problem]:
    """Yield a problem for required items that are not recorded. A sample has none: it is not sold and prints 未记录."""
    if product.sample or batch.sample:
        return
    rules = rules_of(batch)
    lacking = lacking_items(product, context.library, rules, batch)
    if lacking:
        place = batch.origin.of("lot")
        yield problem("label-lacks", place, **lacking_details(product, rules, lacking))


def _unsure(context: RenderContext, batch: Batch, product: Product) -> Iterator[Problem]:
    """Yield a problem for the items that are not certain, since the lot may be of several versions of its product."""
    about = labelled(context.library, product, batch)
    keys = ARRANGEMENTS[LabelForm.PRINTED].get(product.kind, ())
    unsure = [key for key in keys if ITEMS[key].is_unsure(about)]
    if any(each.product.nutrition != about.product.nutrition for each in about.others):
        unsure.append(LabelKey.NUTRITION)
    if unsure:
        day = day_item(product, batch)
        yield problem(
            "label-unsure",
            batch.origin.of(day),
            value=batch.key,
            product=product.name,
            items="、".join(heading(key, LabelForm.PAGE, product.kind) for key in unsure),
            items_en=", ".join(ITEMS[key].en for key in unsure),
            field=heading(day, LabelForm.PAGE, product.kind),
            field_en=day,
        )


def prepare_goods(
    context: RenderContext, product: Product, order: LabelOrder, fonts: Fonts, copies: int
) -> tuple[Label | None, list[Problem]]:
    """Return the label of a product without lots, and its problems. Food is refused, since food must have lots.

    The label is None if a problem keeps it from being printed.
    """
    place = product.origin.of("name")
    found = unreachable(context, sheet=False, product=True)
    if product.kind in EATEN:
        found.append(problem("label-no-lot", place, product=product.name))
    address = goods_address(context, product)
    if address is None or fatal(found, strict=False):
        return None, found
    text = goods_text(context, product, address)
    records = [product, *context.library.stories_of(product.id), context.library.brand]
    found += missing_in(records, text.words(), fonts, place)
    found += thin_in(text.name, fonts, place)
    sized, told = _code(address, product.id, place, order)
    found += [*told, *left_out(context, product, ConsentMedium.LABEL)]
    if sized is None or fatal(found, strict=False):
        return None, found
    return Label(text, sized, copies), found


def prepare_roll(
    context: RenderContext, name: str, count: int, order: LabelOrder, fonts: Fonts
) -> tuple[list[Label], list[Problem]]:
    """Return the labels of a roll of `count` codes for no batch yet, `name-001` and so on, and their problems."""
    labels: list[Label] = []
    found = unreachable(context, sheet=False)
    url = context.settings.site_url
    if not url:
        return labels, found
    digits = max(3, len(str(count)))
    for number in range(1, count + 1):
        identifier = f"{name}-{number:0{digits}d}"
        address = urls.absolute(urls.roll(identifier), url)
        text = roll_text(context.library.brand, identifier, address)
        place = Location(REGISTER)
        sized, told = _code(address, identifier, place, order)
        # All addresses of a roll have the same length, so all have the same problem.
        found += told if number == 1 else []
        if sized is not None:
            labels.append(Label(text, sized, 1))
    words = labels[0].text.words() if labels else ""
    found += missing_in([], words, fonts, context.library.brand.origin.of("name"))
    return labels, found


def _code(
    address: str, key: str, place: Location, order: LabelOrder
) -> tuple[Sized | None, list[Problem]]:
    """Return the code of a label and its problems. There is a warning if its modules are below `GOOD_MODULE`."""
    room = room_for_code(order.arrangement, order.width, order.height)
    of = (order.named(), order.resolution, order.level)
    sized, told = code_for(address, room, key, place, *of, order.instead)
    if sized is not None and sized.module < GOOD_MODULE - 1e-9:
        module = f"{sized.module:.2f}"
        told.append(problem("label-code-small", place, value=key, module=module))
    return sized, told


def copies_of(batch: Batch, brand: Brand) -> int | Problem | None:
    """Return how many labels a batch needs: one for each piece. None if it was weighed, or not counted in whole pieces.

    If the unit is missing or unknown, a problem is returned, since a guess would be printed.
    """
    quantity = batch.quantity
    if quantity is None:
        return None
    known = unit_named(quantity.unit)
    if known is None and quantity.unit not in brand.units:
        place = batch.origin.of("quantity")
        said = quantity.unit or "没有单位"
        said_en = quantity.unit or "no unit"
        told = {"value": batch.key, "quantity": quantity, "unit": said, "unit_en": said_en}
        return problem("label-count", place, **told)
    if known is not None and known.dimension is not Dimension.COUNT:
        return None
    whole = quantity.value == quantity.value.to_integral_value()
    return int(quantity.value) if whole and quantity.value >= 1 else None
