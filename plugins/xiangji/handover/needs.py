"""Lists what a successor has to know and to do, from the records of a village.

Kinds say themselves what is still to be done about a record (`RecordKind.pending`). No password and no key stands in
a village's files, so the list can only say that they have to be handed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from xiangji.consent import SOON
from xiangji.kinds.installed import installed_kinds
from xiangji.library import Library
from xiangji.library.code_register import register
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.values import said_date
from xiangji.model.vocabularies import BatchStatus, ChannelKind, CodeState
from xiangji.settings import Settings


class HandoverNeed(Struct, frozen=True):
    """One thing that a successor has to know. `group` is a key of a heading, or the heading of a kind.

    `place` is the file and line of the record, where there is one.
    """

    group: str
    title: str
    note: str = ""
    place: str = ""


def needs(library: Library, settings: Settings) -> tuple[HandoverNeed, ...]:
    """Return everything that a successor has to know. `library` is not disclosed: the list is for the cooperative."""
    today = settings.today
    return (
        *_accounts(library, settings),
        *_codes(library),
        *_lots(library),
        *_consents(library, today),
        *_certificates(library, today),
        *_pending(library, today),
    )


def _accounts(library: Library, settings: Settings) -> Iterator[HandoverNeed]:
    """Yield the accounts and numbers that records name, and what no record can hold."""
    brand = library.brand
    given = (
        ("网址", settings.site_url or ""),
        ("备案号", brand.record_number or ""),
        ("对外电话", brand.telephone or ""),
    )
    for title, value in given:
        yield HandoverNeed("accounts", title, value or "没有写")
    channels = {
        (str(each.kind), each.value): each.origin
        for product in library.products.values()
        for each in product.channels
        if each.kind in (ChannelKind.SHOP_LINK, ChannelKind.WECHAT)
    }
    for (kind, value), origin in channels.items():
        yield HandoverNeed("accounts", f"{kind}的账号", value, _place(origin))


def _codes(library: Library) -> Iterator[HandoverNeed]:
    """Yield how many printed codes there are by state, and the last printed run. They have to work for years."""
    found = register(library)
    for state in CodeState:
        count = sum(each.state is state for each in found.values())
        if count:
            yield HandoverNeed("codes", str(state), f"{count} 个网址")
    if library.codes:
        last = library.codes[-1]
        yield HandoverNeed("codes", "最后一次印", str(last.run), _place(last.origin))
    if library.pledges:
        last_pledge = library.pledges[-1]
        title = "最后一张承诺达标合格证"
        yield HandoverNeed("codes", title, last_pledge.number, _place(last_pledge.origin))


def _lots(library: Library) -> Iterator[HandoverNeed]:
    """Yield the lots about which somebody has to decide: not inspected yet, or taken off sale."""
    for batch in library.batches.values():
        if batch.status in (BatchStatus.PENDING, BatchStatus.ON_HOLD):
            name = library.products[batch.product].name
            yield HandoverNeed(
                "lots", f"{name} {batch.lot}", str(batch.status), _place(batch.origin)
            )


def _consents(library: Library, today: date) -> Iterator[HandoverNeed]:
    """Yield the consents that end soon, so that somebody asks again."""
    for person in library.people.values():
        for each in person.consent:
            if each.expires_on and today <= each.expires_on <= today + SOON:
                note = f"{each.asked}，到 {said_date(each.expires_on)}"
                yield HandoverNeed("consents", person.name, note, _place(each.origin))


def _certificates(library: Library, today: date) -> Iterator[HandoverNeed]:
    """Yield the certificates that end soon."""
    papers = {
        (each.name, each.number): each
        for product in library.products.values()
        for each in product.certificates
    }
    for each in papers.values():
        if each.valid_to and today <= each.valid_to <= today + SOON:
            note = f"到 {said_date(each.valid_to)}"
            yield HandoverNeed("certificates", each.name, note, _place(each.origin))


def _pending(library: Library, today: date) -> Iterator[HandoverNeed]:
    """Yield what the kinds say is still to be done about their records."""
    for kind in installed_kinds().kinds:
        for record in library.shelf(kind.name).values() if kind.pending else ():
            note = kind.pending(record, today) if kind.pending else ""
            if note:
                title = kind.title_of(record)
                yield HandoverNeed(kind.heading, title, note, _place(record.origin))


def _place(origin: Origin) -> str:
    """Return the file and line of a record; empty if it was read from none."""
    at = origin.location
    return f"{at.path}:{at.line}" if origin is not NOWHERE else ""
