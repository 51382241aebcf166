"""Makes every page, data file and paper of a village for the consent report, with what was read for each.

Nothing is typeset and no photo is encoded: who stands on a paper is decided by its texts and pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

from msgspec import Struct

from xiangji.cache import Cache
from xiangji.disclosure import disclose, withheld_cards, withheld_pictures
from xiangji.images.pictures import Pictures
from xiangji.library import Library
from xiangji.library.settled import settle
from xiangji.model.vocabularies import ConsentMedium
from xiangji.pages import notes, search
from xiangji.pages.batches.shard_context import shard_press
from xiangji.paper import cards, conformity
from xiangji.paper.labels.consented import whose
from xiangji.paper.labels.text import goods_text, label_text
from xiangji.paper.posters.poster import consented
from xiangji.paper.posters.text import all_subjects
from xiangji.paper.sheet_text import sheet_text, words_in
from xiangji.problems import fatal
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.render.families import choose
from xiangji.render.outputs import Output, Page
from xiangji.settings import Settings
from xiangji.views import kind_page


class MadeOutput(Struct, frozen=True):
    """Something that is made: a page or data file by its address, or a paper by what it is about.

    `text` is all that stands in it, with the names of the files that it shows. `people` are the ids of the people who
    were read for it and for what is made along with it.
    """

    address: str
    medium: ConsentMedium
    text: str
    people: frozenset[str]

    def person_read(self, person: str) -> bool:
        """Whether a person's record was read for it."""
        return person in self.people


def everything(library: Library, settings: Settings) -> Iterator[MadeOutput]:
    """All outputs of a village that is not disclosed yet."""
    whole = settle(library)
    plain = render_context(whole, settings)
    context = plain.asking(plain.library)
    pages: list[Page] = []
    for found in _families(context):
        for output, people in found:
            if isinstance(output, Page):
                pages.append(output)
            yield _as_text(output.address, output.content, people)
    written = []
    for note, people in _one_by_one(context, notes.pages(context)):
        written.append(note)
        yield _as_text(note.address, note.content, people)
    for data in search.outputs(context, pages, written):
        yield _as_text(data.address, data.content, frozenset())
    yield from _of_shards(plain)
    yield from _papers(context)


def render_context(library: Library, settings: Settings) -> RenderContext:
    """The render context of a village, as for a build."""
    shown = disclose(library, settings.today)
    choice, _ = choose(settings)
    pictures = Pictures(Cache())
    hidden = withheld_cards(library), withheld_pictures(library, shown)
    return RenderContext(shown, settings, choice, pictures, *hidden)


Read = tuple[Output, frozenset[str]]


def _families(context: RenderContext) -> Iterator[list[Read]]:
    """The outputs of each page family, and of all further kinds, with the people who were read for them.

    A family may prepare on its first page what it shows on a later one, so its pages share what was read.
    """
    for family, options in context.choice.families:
        made, people = _asked(context, lambda f=family, o=options: list(f.outputs(context, o)))  # type: ignore[misc]
        yield [(each, people) for each in made]
    made, people = _asked(context, lambda: list(kind_page.outputs(context)))
    yield [(each, people) for each in made]


def _of_shards(context: RenderContext) -> Iterator[MadeOutput]:
    """The files that are made batch by batch."""
    press = shard_press(context)
    for family, options in context.choice.families:
        for shard in family.shards(context, options) if family.shards else ():
            made, people = _asked(press, lambda s=shard: list(s.make(press, s)))  # type: ignore[misc]
            for each in made:
                yield _as_text(each.address, each.content, people)


def _asked(context: RenderContext, make: Callable[[], Any]) -> tuple[Any, frozenset[str]]:
    """What `make` returns, and the ids of the people who were read for it."""
    with context.asked.made() as questions:
        made = make()
    return made, _people_in(questions)


def _one_by_one(
    context: RenderContext, pages: Iterator[Page]
) -> Iterator[tuple[Page, frozenset[str]]]:
    """Pages that share nothing, each with the people who were read for it."""
    while True:
        page, people = _asked(context, lambda: next(pages, None))
        if page is None:
            return
        yield page, people


def _people_in(questions: Iterable[str]) -> frozenset[str]:
    rows = (each.split("\0") for each in questions)
    return frozenset(row[2] for row in rows if row[:2] == ["entry", "people"] and len(row) > 2)


def _as_text(address: str, content: bytes, people: frozenset[str]) -> MadeOutput:
    text = unescape(content.decode("utf-8", "replace"))
    # A calendar breaks its lines after 75 bytes, wherever that is (RFC 5545).
    plain = text.replace("\r\n ", "")
    return MadeOutput(address, ConsentMedium.PAGE, plain, people)


# --- paper -----------------------------------------------------------------------------------------


def _papers(context: RenderContext) -> Iterator[MadeOutput]:
    """The texts of every paper that can be printed: labels, cards, sheets, posters, certificates."""
    for product in context.library.products.values():
        about = product.id
        for medium, make in _of_product(context, product):
            if not whose(context, product.name, medium)[0]:
                yield MadeOutput(about, medium, *_asked(context, make))
        for batch in context.library.lots_of(product.id):
            for medium, make in _of_batch(context, batch, product):
                if not whose(context, product.name, medium)[0]:
                    yield MadeOutput(batch.key, medium, *_asked(context, make))
    for subject in all_subjects(context):
        text, people = _asked(context, lambda s=subject: _poster(context, s))  # type: ignore[misc]
        yield MadeOutput(subject.key, ConsentMedium.POSTER, text, people)


Made = tuple[ConsentMedium, Callable[[], str]]


def _of_product(context: RenderContext, product: Product) -> Iterator[Made]:
    scene = _picture(context, ConsentMedium.LABEL, product)
    yield ConsentMedium.LABEL, lambda: f"{goods_text(context, product, '').words()} {scene}"
    stall = cards.KINDS["stall"]

    def card() -> str:
        text = words_in(cards.card_text(context, stall, product, None, ""))
        return f"{text} {_picture(context, ConsentMedium.CARD, product)}"

    yield ConsentMedium.CARD, card


def _of_batch(context: RenderContext, batch: Batch, product: Product) -> Iterator[Made]:
    scene = _picture(context, ConsentMedium.LABEL, product)
    yield ConsentMedium.LABEL, lambda: f"{label_text(context, batch, product, '').words()} {scene}"
    shelf = cards.KINDS["shelf"]
    yield (
        ConsentMedium.CARD,
        lambda: words_in(cards.card_text(context, shelf, product, batch, "")),
    )

    def sheet() -> str:
        text = words_in(sheet_text(context, batch, product, ""))
        return f"{text} {_picture(context, ConsentMedium.SHEET, product)}"

    yield ConsentMedium.SHEET, sheet
    for row in context.issued.get(batch.key, ()):
        yield ConsentMedium.LABEL, lambda r=row: words_in(conformity.words_of(r, batch, ""))  # type: ignore[misc]


def _poster(context: RenderContext, subject: Any) -> str:
    shown, found = consented(context, subject, ("long", "medium", "short"))
    if fatal(found, strict=False):
        return ""  # It is not made.
    words = [shown.name, shown.line, *(each.words for each in shown.tellings), *shown.facts]
    files = [shown.picture.digest[:16]] if shown.picture else []
    return " ".join([*words, *files])


def _picture(context: RenderContext, medium: ConsentMedium, product: Product) -> str:
    """The stem of the file of a product's picture, as pages name it."""
    media = context.library.picture_for(medium, product)
    return media.digest[:16] if media else ""
