"""Flat views that several pages share: an entry in a list, a source, a row of a batch, a button."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from xiangji import urls
from xiangji.images.pictures import THUMB, PictureRole, ShownPicture
from xiangji.kinds.person import may_be_named
from xiangji.label.versions import counted_from
from xiangji.library import Library
from xiangji.library.telephones import number_of
from xiangji.model.parsing.partial_date import said_day
from xiangji.model.parsing.telephone import CallPart, call_parts, calls, said_numbers
from xiangji.model.review import Claim
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Evidence
from xiangji.pages.batches.states import short_state
from xiangji.pages.marks import marks
from xiangji.records.batch import Batch
from xiangji.records.person import Person
from xiangji.records.product import Certificate, Product
from xiangji.records.story import Ratification, Story, Vote
from xiangji.render.context import Link, RenderContext


class ListEntry(Struct, frozen=True):
    """An entry in a list: a link with a picture and a line of text."""

    title: str
    note: str
    href: str
    picture: ShownPicture | None = None
    marks: tuple[str, ...] = ()
    """What is wrong with it, in a few words each."""
    price: str = ""
    """The lowest price in yuan, for cards that sell. Empty where nobody wrote one."""
    several: bool = False
    """Whether there are several prices."""


class SourceView(Struct, frozen=True):
    """A source as a page shows it beside a statement."""

    title: str
    detail: str
    url: str
    evidence: Evidence


class LotEntry(Struct, frozen=True):
    """A batch in a list."""

    lot: str
    made: str
    key: str
    word: str
    href: str


class Button(Struct, frozen=True):
    """A button of the bar at the bottom of a page."""

    text: str
    href: str
    icon: str
    counted: bool = False
    """Whether a script shows the number of chosen products beside it."""
    parts: tuple[CallPart, ...] = ()
    """The text as numbers and the words between them, where it names a number."""


class RatificationView(Struct, frozen=True):
    """The village's agreement to publish, in words."""

    title: str
    count: str
    note: str


def product_entry(
    context: RenderContext,
    product: Product,
    page: str,
    note: str | None = None,
    role: PictureRole = THUMB,
    told: tuple[str, ...] | None = None,
) -> ListEntry:
    """A product in a list, with what is wrong with its lots: `told` by whoever does not know all of them."""
    href = context.href(Product, urls.product(product.id), page)
    text = note if note is not None else product.position or ""
    wrong = marks(context, product) if told is None else told
    picture = _thumb(context, product, page, role=role)
    price, several = lowest_price(product)
    return ListEntry(product.name, text, href, picture, wrong, price, several)


def lowest_price(product: Product) -> tuple[str, bool]:
    """The lowest price of a product's sizes, empty where nobody wrote one, and whether there are several."""
    prices = [each.price for each in product.variants if each.price]
    return (money(min(prices)) if prices else ""), len(prices) > 1


def story_entry(
    context: RenderContext, story: Story, page: str, role: PictureRole = THUMB
) -> ListEntry:
    """A story as an entry in a list."""
    href = context.href(Story, urls.story(story.id), page)
    return ListEntry(
        story.title, story.subtitle or "", href, _thumb(context, story, page, role=role)
    )


def person_entry(
    context: RenderContext, person: Person, page: str, role: PictureRole = THUMB
) -> ListEntry:
    """A person as an entry in a list. It always links to the person's page."""
    href = urls.relative(urls.person(person.id), page)
    note = person.craft or "、".join(str(role) for role in person.roles)
    picture = _thumb(context, person, page, "portrait", role)
    return ListEntry(person.name, note, href, picture)


def people_entries(
    context: RenderContext, ids: Iterable[str], page: str, role: PictureRole = THUMB
) -> list[ListEntry]:
    """Entries of those people among `ids` who have a page."""
    people = [context.library.people[each] for each in ids]
    if Person not in context.choice:
        return []
    return [person_entry(context, each, page, role) for each in people if may_be_named(each)]


def _thumb(
    context: RenderContext,
    record: object,
    page: str,
    name: str = "picture",
    role: PictureRole = THUMB,
) -> ShownPicture | None:
    """A small picture with an empty alternative text, since the entry's text stands beside it."""
    media = context.library.picture(record, name)
    return context.pictures.show(media, role, page) if media else None


def lot_row(context: RenderContext, batch: Batch, page: str) -> LotEntry:
    """A batch in a list, with its state."""
    product = context.library.products[batch.product]
    key, word = short_state(context.library, batch, context.settings.today)
    day = counted_from(product, batch)
    made = said_day(day) if day else "日期未记录"
    href = context.href("trace", urls.sheet(batch.product, batch.lot), page)
    return LotEntry(batch.lot, made, key, word, href)


def source_views(library: Library, ids: Iterable[str]) -> list[SourceView]:
    """The sources with these ids, as pages cite them."""
    views = []
    for each in ids:
        source = library.sources[each]
        parts = [source.author, source.publisher, source.published, str(source.kind), source.note]
        parts += ["原文打不开了"] if source.gone_on else []
        parts += [f"摘录：“{'，'.join(lines(source.excerpt))}”"] if source.excerpt else []
        detail = "，".join(part for part in parts if part)
        views.append(SourceView(source.title, detail, source.url or "", source.evidence))
    return views


def claim_views(library: Library, claims: Iterable[Claim]) -> list[dict[str, object]]:
    """The claims of a text, each with its evidence and its sources."""
    return [
        {
            "text": claim.text,
            "evidence": claim.evidence,
            "sources": source_views(library, claim.sources),
        }
        for claim in claims
    ]


def certificate_view(
    context: RenderContext, certificate: Certificate, page: str
) -> dict[str, object]:
    """A certificate with its issuer, number, scope and period of validity, and the link from `page` to its file."""
    file = urls.relative(urls.asset(certificate.paper), page) if certificate.paper else ""
    term = "—".join(said_date(day) for day in (certificate.valid_from, certificate.valid_to) if day)
    number = f"编号 {certificate.number}" if certificate.number else "编号未记录"
    parts = (certificate.issuer, number, certificate.scope, term or "有效期未记录")
    valid = certificate.valid_on(context.settings.today)
    return {
        "name": certificate.name,
        "word": "在有效期内" if valid else "已过有效期",
        "tone": "ok" if valid else "bad",
        "detail": " · ".join(part for part in parts if part),
        "sample": certificate.sample,
        "file": file,
    }


def agreed_view(ratification: Ratification | None) -> RatificationView | None:
    """The village's agreement to publish in words, or None without one."""
    if ratification is None:
        return None
    title = f"{said_date(ratification.agreed_on)}，村里同意公开这一版"
    return RatificationView(title, _count(ratification), ratification.note or "")


def vote_count(vote: Vote) -> str:
    """The count of a vote, in words."""
    return _count(vote)


def _count(vote: Vote | Ratification) -> str:
    parts = []
    if isinstance(vote, Ratification) and vote.present is not None:
        parts.append(f"到会 {vote.present} 人")
    for word, number in (
        ("同意", vote.in_favour),
        ("反对", vote.against),
        ("弃权", vote.abstained),
    ):
        if number is not None:
            parts.append(f"{number} 人{word}")
    return "，".join(parts)


def lines(text: str | None) -> list[str]:
    """The paragraphs of a prose field."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def money(value: Decimal | None) -> str:
    """A price without unneeded zeros: 58, 12.50. Empty for None."""
    if value is None:
        return ""
    return str(int(value)) if value == value.to_integral_value() else f"{value:.2f}"


def place_name(library: Library, identifier: str | None) -> str:
    """The full name of a place, with its administrative path if that is recorded. Empty for None."""
    if identifier is None:
        return ""
    return library.places[identifier].full_name


def telephone(context: RenderContext, product: Product | None = None) -> str:
    """Whom to call about a product, as it is said: its own number or numbers, else the brand's."""
    return said_numbers(number_of(context.library, product))


def call_button(context: RenderContext, text: str, product: Product | None = None) -> list[Button]:
    """A button that calls the first number, for bars that have room for one."""
    found = calls(number_of(context.library, product))
    return [Button(text, found[0].number.href, "phone")] if found else []


def call_buttons(context: RenderContext, text: str, product: Product | None = None) -> list[Button]:
    """A button for each number; where there are several, each says which it calls."""
    found = calls(number_of(context.library, product))
    several = len({each.number.dialled for each in found}) > 1
    shown = found if several else found[:1]
    return [
        Button(said, each.number.href, "phone", parts=call_parts(said) if several else ())
        for each in shown
        for said in (f"{text} {each.said}" if several else text,)
    ]


def numbers(context: RenderContext, product: Product | None = None) -> list[Link]:
    """The numbers to call about a lot that something is wrong with, one link each, said as on paper: a telephone
    without calls shows them too."""
    return [
        Link(each.said, each.number.href) for each in calls(number_of(context.library, product))
    ]


def large_print(page: str) -> Button:
    """The button from the sheet at address `page` to its large-print form."""
    return Button("长辈版", urls.relative(f"{page}{urls.LARGE}", page), "person")
