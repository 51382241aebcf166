"""The texts of a poster, and the reasons why a batch gets none.

A poster shows only texts that an author wrote: the name, the line below it, one of the tellings. It names and shows
nobody who did not agree to posters, and quotes nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.kinds.installed import kinds_with
from xiangji.label.item import LabelKey
from xiangji.label.items import day_item
from xiangji.label.versions import as_made, counted_from
from xiangji.library import Library
from xiangji.library.lot_state import LotState
from xiangji.model.fields import fields_of
from xiangji.model.kind import RecordKind
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import said_day
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ConsentMedium
from xiangji.pages.batches.states import poster_batch, state_of
from xiangji.paper.labels.consented import whose
from xiangji.paper.labels.text import printed, short_address
from xiangji.paper.stopped_lots import allowed
from xiangji.problems import Problem, fatal, problem
from xiangji.readers.media.pictures import Media
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.views.said import note_of, told

_MARK = late_pattern(r"[（(]示例[）)]$")


class Telling(Struct, frozen=True):
    """One of a story's tellings. `length` is `short`, `medium` or `long`. `place` is its location in the file."""

    length: str
    words: str
    place: Location


class Subject(Struct, frozen=True, kw_only=True):
    """What a poster is about: a story, a product, a batch, or a record of a kind with posters (`PosterTerms`).

    `page` is the address that its code leads to. `records` are the records whose fields are on it. `call` is the text
    beside the code. `tellings` are sorted longest first. Only a batch has `facts` and `state`.
    """

    key: str
    page: str
    name: str
    place: Location
    line: str
    call: str
    tellings: tuple[Telling, ...]
    picture: Media | None
    alt: str
    sample: bool
    records: tuple[Any, ...]
    facts: tuple[str, ...] = ()
    state: str = ""


def all_subjects(context: RenderContext) -> list[Subject]:
    """Return every story, every product that is for sale, the newest normal batch of each such product, and every
    record whose kind wants a poster of it."""
    library, today = context.library, context.settings.today
    found = [story_subject(context, each) for each in library.stories.values()]
    for product in library.products.values():
        if not product.hidden:
            found.append(product_subject(context, product))
            batch = poster_batch(library, product, today)
            if batch is not None:
                found.append(batch_subject(context, library.batches[batch.key]))
    for kind in kinds_with(library.shelves).kinds:
        for record in library.listed(kind) if kind.poster else ():
            if _wanted(context, kind, record):
                found.append(record_subject(context, kind, record))
    return found


def _wanted(context: RenderContext, kind: RecordKind, record: Any) -> bool:
    terms = kind.poster
    today = context.settings.today
    return bool(terms and kind.address_of(record) and terms.wanted(record, today))


def record_subject(context: RenderContext, kind: RecordKind, record: Any) -> Subject:
    """Return the poster subject of a record of a kind with posters."""
    terms = kind.poster
    assert terms is not None
    rows = {row.name: row for row in fields_of(type(record))}
    values = ((rows[name], getattr(record, name)) for name in terms.facts)
    facts = (told(context.library, row, value) for row, value in values if value)
    line = "" if kind.note in terms.facts else note_of(context.library, kind, record)
    return Subject(
        key=getattr(record, kind.key),
        page=kind.address_of(record),
        # The poster says 示例 at its foot.
        name=_MARK.sub("", kind.title_of(record)),
        place=record.origin.of(kind.title),
        line=line,
        call=terms.call,
        tellings=(),
        picture=context.library.picture_for(ConsentMedium.POSTER, record, terms.picture),
        alt=getattr(record, "picture_alt", None) or "",
        sample=getattr(record, "sample", False),
        records=(record,),
        facts=tuple(each for each in facts if each),
    )


def story_subject(context: RenderContext, story: Story) -> Subject:
    """Return the poster subject of a story: its title, its subtitle and its tellings."""
    return Subject(
        key=story.id,
        page=urls.story(story.id),
        name=story.title,
        place=story.origin.of("title"),
        line=story.subtitle or "",
        call="扫码看故事",
        tellings=_tellings(story),
        picture=_picture(context.library, story),
        alt=story.picture_alt or "",
        sample=story.sample,
        records=(story,),
    )


def product_subject(context: RenderContext, product: Product) -> Subject:
    """Return the poster subject of a product, with the tellings of its own story."""
    library = context.library
    story = library.own_story_of(product.id)
    return Subject(
        key=product.id,
        page=urls.product(product.id),
        name=product.name,
        place=product.origin.of("name"),
        line=product.position or "",
        call="扫码看它的来历",
        tellings=_tellings(story),
        picture=_picture(library, product),
        alt=product.picture_alt or "",
        sample=product.sample,
        records=(product, *([story] if story else [])),
    )


def batch_subject(context: RenderContext, batch: Batch) -> Subject:
    """Return the poster subject of a batch: that of its product with lot, day and state.

    The state is shown with the day of the build, since people see the poster long after. The code leads to the present
    state.
    """
    product = context.library.products[batch.product]
    whole = product_subject(context, product)
    state = state_of(context.library, batch, context.settings.today)
    counted = counted_from(product, batch)
    made = said_day(counted) if counted else "未记录"
    made_heading = printed(day_item(product, batch), product, batch)
    day = said_date(context.settings.today)
    lot = printed(LabelKey.LOT, product, batch)
    good = (sentence.partition("，")[0] for sentence in state.sentences)
    return replace(
        whole,
        key=batch.key,
        name=as_made(product, batch).name,
        page=urls.sheet(batch.product, batch.lot),
        line="",
        call="扫码看这一批现在怎样",
        # A batch that is not sold is not advertised.
        tellings=whole.tellings if state.fine else (),
        facts=(f"{lot} {batch.lot}", f"{made_heading} {made}", *good),
        state=f"{state.word}（{day}查）",
        sample=product.sample or batch.sample,
        records=(batch, *whole.records),
    )


def find_subjects(
    context: RenderContext, name: str, anyway: str = ""
) -> tuple[list[Subject], list[Problem]]:
    """Return the subjects with a name, and the problems that keep a batch from getting a poster.

    `name` is the id of a story, of a product, of another record with a poster, or of several of these, or the key of a
    batch (`product/lot`). If nothing has this name, there is no subject. `anyway` is the reason why a poster is wanted for a lot that is not sold.
    """
    library = context.library
    if name in library.batches:
        batch = library.batches[name]
        told = allowed(context, batch, list(unfit(context, batch)), anyway)
        return ([] if fatal(told, strict=False) else [batch_subject(context, batch)]), told
    found = []
    if name in library.stories:
        found.append(story_subject(context, library.stories[name]))
    if name in library.products:
        found.append(product_subject(context, library.products[name]))
    for kind in kinds_with(library.shelves).kinds:
        for record in library.listed(kind) if kind.poster else ():
            if getattr(record, kind.key) == name and _wanted(context, kind, record):
                found.append(record_subject(context, kind, record))
    return found, []


def unfit(context: RenderContext, batch: Batch) -> Iterator[Problem]:
    """Yield why a batch may not be advertised. A batch without a recorded state may be, if it is asked for by name."""
    state = state_of(context.library, batch, context.settings.today)
    recalled = context.library.kin_of(batch.key).recalled.lots
    if state.key == LotState.INPUT_RECALLED and recalled:
        place = batch.origin.of("inputs")
        yield problem("poster-input", place, value=batch.key, input=recalled[0].key)
    elif not state.fine:
        place = batch.origin.of("status")
        yield problem("poster-state", place, value=batch.key, state=state.word)


def _tellings(story: Story | None) -> tuple[Telling, ...]:
    told = story.tellings if story else None
    if told is None:
        return ()
    given = ((each, getattr(told, each)) for each in ("long", "medium", "short"))
    return tuple(
        Telling(name, " ".join(text.split()), told.origin.of(name)) for name, text in given if text
    )


def _picture(library: Library, record: Story | Product) -> Media | None:
    """Return the picture of a record, or None if there is none or somebody in it did not agree to posters."""
    return library.picture_for(ConsentMedium.POSTER, record)


def named(context: RenderContext, text: str) -> tuple[str, str]:
    """Return whose name or words in `text` may not stand on a poster, in Chinese and English; empty if nobody's."""
    return whose(context, text, ConsentMedium.POSTER)


def address_of(context: RenderContext, subject: Subject) -> str | None:
    """Return the URL in the code of a poster. None without `site_url`."""
    return context.absolute(subject.page)


def spoken(address: str) -> str:
    """Return an address as people type it, with zero-width spaces where it may be broken."""
    return short_address(address).rstrip("/")
