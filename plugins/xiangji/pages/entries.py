"""Flat views that several pages share: an entry in a list, a source, a row, a button."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from xiangji import urls
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.pages.pictures import THUMB, Role, Shown
from xiangji.pages.press import Press
from xiangji.pages.states import state_of
from xiangji.records.batch import Batch
from xiangji.records.people import Person
from xiangji.records.product import Certificate, Product
from xiangji.records.story import Claim, Ratification, Story, Vote
from xiangji.records.values import said_date
from xiangji.records.words import ChannelKind, Evidence


class Entry(Struct, frozen=True):
    """Something to go to, with a picture and a line of text."""

    title: str
    note: str
    href: str
    picture: Shown | None = None


class SourceView(Struct, frozen=True):
    """A source as it stands beside a statement."""

    title: str
    detail: str
    url: str
    evidence: Evidence


class Lot(Struct, frozen=True):
    """A batch in a list."""

    lot: str
    made: str
    key: str
    word: str
    href: str


class Button(Struct, frozen=True):
    """A button of the bottom bar."""

    text: str
    href: str
    icon: str
    counted: bool = False
    """Whether a script shows beside it how many things are wanted."""


class Agreed(Struct, frozen=True):
    """How the village agreed."""

    title: str
    count: str
    note: str


def product_entry(
    press: Press, product: Product, page: str, note: str | None = None, role: Role = THUMB
) -> Entry:
    """A product in a list."""
    href = press.href(Product, urls.product(product.id), page)
    text = note if note is not None else product.position or ""
    return Entry(product.name, text, href, _thumb(press, product, page, role=role))


def story_entry(press: Press, story: Story, page: str, role: Role = THUMB) -> Entry:
    """A story in a list."""
    href = press.href(Story, urls.story(story.id), page)
    return Entry(story.title, story.subtitle or "", href, _thumb(press, story, page, role=role))


def person_entry(press: Press, person: Person, page: str, role: Role = THUMB) -> Entry:
    """A person in a list: the page where there is one."""
    href = urls.relative(urls.person(person.id), page)
    note = person.craft or "、".join(str(role) for role in person.roles)
    picture = _thumb(press, person, page, "portrait", role)
    return Entry(person.name, note, href, picture)


def people_entries(press: Press, ids: Iterable[str], page: str, role: Role = THUMB) -> list[Entry]:
    """The people among `ids` who have a page."""
    people = [press.library.people[each] for each in ids]
    if Person not in press.choice:
        return []
    return [person_entry(press, each, page, role) for each in people if may_be_named(each)]


def _thumb(
    press: Press, record: object, page: str, name: str = "picture", role: Role = THUMB
) -> Shown | None:
    """A small picture without a text of its own: the words stand beside it."""
    media = press.library.picture(record, name)
    return press.pictures.show(media, role, page) if media else None


def lot_row(press: Press, batch: Batch, page: str) -> Lot:
    """A batch in a list, with its state."""
    product = press.library.products[batch.product]
    state = state_of(batch, product, press.settings.today)
    made = said_date(batch.made_on) if batch.made_on else "日期未记录"
    href = press.href("trace", urls.sheet(batch.product, batch.lot), page)
    return Lot(batch.lot, made, state.key, state.word.removeprefix("这一批"), href)


def source_views(library: Library, ids: Iterable[str]) -> list[SourceView]:
    """Sources by id, as they are cited."""
    views = []
    for each in ids:
        source = library.sources[each]
        parts = [source.author, source.publisher, source.published, str(source.kind), source.note]
        detail = "，".join(part for part in parts if part)
        views.append(SourceView(source.title, detail, source.url or "", source.evidence))
    return views


def claim_views(library: Library, claims: Iterable[Claim]) -> list[dict[str, object]]:
    """What a text asserts, each with its evidence and sources beside it."""
    return [
        {
            "text": claim.text,
            "evidence": claim.evidence,
            "sources": source_views(library, claim.sources),
        }
        for claim in claims
    ]


def certificate_view(press: Press, certificate: Certificate) -> dict[str, object]:
    """A paper with who issued it, its scope and its term."""
    term = "—".join(said_date(day) for day in (certificate.valid_from, certificate.valid_to) if day)
    number = f"编号 {certificate.number}" if certificate.number else "编号未记录"
    parts = (certificate.issuer, number, certificate.scope, term or "有效期未记录")
    valid = certificate.valid_on(press.settings.today)
    return {
        "name": certificate.name,
        "word": "在有效期内" if valid else "已过有效期",
        "tone": "ok" if valid else "bad",
        "detail": " · ".join(part for part in parts if part),
        "sample": certificate.sample,
    }


def agreed_view(ratification: Ratification | None) -> Agreed | None:
    """How the village agreed to publish, in words."""
    if ratification is None:
        return None
    title = f"{said_date(ratification.agreed_on)}，村里同意公开这一版"
    return Agreed(title, _count(ratification), ratification.note or "")


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
    """A price without needless zeros: 58, 12.50."""
    if value is None:
        return ""
    return str(int(value)) if value == value.to_integral_value() else f"{value:.2f}"


def place_name(library: Library, identifier: str | None) -> str:
    """A place by name, with its administrative path where that is recorded."""
    if identifier is None:
        return ""
    return library.places[identifier].full_name


def telephone(press: Press, product: Product | None = None) -> str:
    """The number to call about a product: its own, else the brand's."""
    for channel in product.channels if product else ():
        if channel.kind is ChannelKind.TELEPHONE:
            return channel.value
    return press.library.brand.telephone or ""


def call_button(press: Press, text: str, product: Product | None = None) -> list[Button]:
    """A button that calls, if there is a number."""
    href = dial(telephone(press, product))
    return [Button(text, href, "phone")] if href else []


def dial(number: str) -> str:
    """The link that calls a number as written; nothing without digits."""
    digits = "".join(c for c in number if c.isdigit() or c == "+")
    return f"tel:{digits}" if digits else ""


def large_print(page: str) -> Button:
    """The way from the sheet at address `page` to its large one."""
    return Button("长辈版", urls.relative(f"{page}{urls.LARGE}", page), "person")
