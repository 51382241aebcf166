"""The consent report: who appears where and by which consent, who appears nowhere, and whose consent ends.

It is for the cooperative only: it contains names, and no page is made from it. What appears is read from the
disclosed library, so the report and the site cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.disclosure import disclose
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.library.code_register import lead_to, register
from xiangji.model.location import Location
from xiangji.model.parsing.partial_date import Day, earliest, latest
from xiangji.model.vocabularies import ConsentUse
from xiangji.records.code import PrintedCode
from xiangji.records.person import Consent, Person
from xiangji.records.story import Account, Card

SOON = timedelta(days=60)
"""How long before the end of a consent the report asks for a new one."""


class AppearsAs(Enum):
    """How a person appears on a page. The value is the Chinese word."""

    PAGE = "个人页"
    PORTRAIT = "肖像"
    TELLER = "讲述人"
    RECORDER = "记录人"
    FACILITATOR = "主持人"
    MAKER = "能工巧匠"
    QUOTATION = "引语"
    NAMED = "写到名字"

    @property
    def use(self) -> ConsentUse:
        """The use for which a consent is needed."""
        return {
            AppearsAs.PORTRAIT: ConsentUse.PORTRAIT,
            AppearsAs.QUOTATION: ConsentUse.QUOTATION,
        }.get(self, ConsentUse.NAME)


class AppearancePlace(Struct, frozen=True, order=True):
    """A page on which a person appears, and how (`part` is the value of an `AppearsAs`)."""

    address: str
    part: str


class Appearance(Struct, frozen=True):
    """One appearance and the consent for it. Without a consent, the page shows the alias."""

    spot: AppearancePlace
    shown_as: str
    ground: Consent | None


class ConsentEnding(Struct, frozen=True):
    """A consent that ends soon, has ended or was withdrawn, and the appearances that end with it.

    `printed` are the lots made while it was valid, whose labels may still be in use, as far as the data shows. `runs`
    are the registered printed runs of these lots and of the products' own pages; a lot without runs is missing.
    """

    consent: Consent
    spots: tuple[AppearancePlace, ...]
    printed: tuple[str, ...] = ()
    runs: tuple[tuple[str, tuple[PrintedCode, ...]], ...] = ()


class ConsentEntry(Struct, frozen=True):
    """The report about one person."""

    id: str
    name: str
    place: Location
    appears: tuple[Appearance, ...]
    soon: tuple[ConsentEnding, ...]
    expired: tuple[ConsentEnding, ...]
    withdrawn: tuple[ConsentEnding, ...]


def consent_report(library: Library, today: date) -> tuple[ConsentEntry, ...]:
    """One entry for each person, in the order of the list of people."""
    shown = disclose(library, today)
    return tuple(_entry(person, library, shown, today) for person in library.people.values())


def _entry(person: Person, library: Library, shown: Library, today: date) -> ConsentEntry:
    spots = sorted(set(_spots(shown, person.id)))
    appears = tuple(_appearance(spot, person, shown, today) for spot in spots)
    ends: dict[str, list[ConsentEnding]] = {"soon": [], "expired": [], "withdrawn": []}
    for item in person.consent:
        state = _state(item, person, today)
        if state:
            ends[state].append(_ending(item, state, person, library, today))
    kept = {state: tuple(found) for state, found in ends.items()}
    return ConsentEntry(person.id, person.name, person.origin.location, appears, **kept)


def _appearance(spot: AppearancePlace, person: Person, shown: Library, today: date) -> Appearance:
    use = AppearsAs(spot.part).use
    holds = [c for c in person.consent if c.use is use and c.valid_on(today)]
    # The consent that is valid longest; one without an end is last.
    holds.sort(key=lambda c: (c.expires_on is None, c.expires_on or today))
    ground = holds[-1] if holds and person.agrees(use, today) else None
    return Appearance(spot, shown.people[person.id].name, ground)


def _state(item: Consent, person: Person, today: date) -> str:
    """`withdrawn`, `expired` or `soon`; empty for a consent that stays valid, or that a later one replaces."""
    if item.withdrawn_on and item.withdrawn_on <= today:
        return "withdrawn"
    last = item.expires_on
    others = [c for c in person.consent if c.use is item.use and c is not item]
    if last is None or any(c.expires_on is None or c.expires_on > last for c in others):
        return ""
    if last < today:
        return "expired"
    return "soon" if last - today <= SOON else ""


def _ending(
    item: Consent, state: str, person: Person, library: Library, today: date
) -> ConsentEnding:
    """The consent with the appearances that exist only with consent to its use."""
    given = [c for c in person.consent if c.use is not item.use]
    agreed = Consent(use=item.use, given_on=today, by=item.by)
    with_it = replace(person, consent=(*given, agreed))
    without = replace(person, consent=tuple(given))
    gone = _named(with_it, library, today) - _named(without, library, today)
    if state == "withdrawn" and person.agrees(item.use, today):
        gone = set()  # The person has consented again since.
    if state != "withdrawn":
        return ConsentEnding(item, tuple(sorted(gone)))
    printed = _lots(person.id, library, item.given_on, item.withdrawn_on)
    runs = tuple(_runs(person.id, printed, library))
    return ConsentEnding(item, tuple(sorted(gone)), printed, runs)


def _named(person: Person, library: Library, today: date) -> set[AppearancePlace]:
    """Where a person appears by name, picture or quotation. Appearances under an alias do not count."""
    shown = disclose(replace(library, people={**library.people, person.id: person}), today)
    found = set(_spots(shown, person.id))
    if not person.agrees(ConsentUse.NAME, today):
        found = {spot for spot in found if AppearsAs(spot.part) is AppearsAs.QUOTATION}
    return found


def _runs(
    person: str, lots: tuple[str, ...], library: Library
) -> Iterator[tuple[str, tuple[PrintedCode, ...]]]:
    """The registered runs of these lots, and of the pages of the person's products."""
    found = register(library)
    for key in lots:
        of, _, lot = key.partition("/")
        codes = lead_to(of, lot, found)
        if codes:
            yield key, tuple(run for each in codes for run in each.runs)
    for product in _products(person, library):
        page = found.get(urls.product(product))
        if page is not None:
            yield page.address, page.runs


def _products(person: str, library: Library) -> list[str]:
    """The products that a person makes, or about which the person told or recorded a story."""
    told = {each for story in library.stories_told_by(person) for each in story.products}
    return sorted(told | {product.id for product in library.products_by(person)})


def _lots(person: str, library: Library, since: date, until: date | None) -> tuple[str, ...]:
    """The lots of the person's products that were made from `since` to the day before `until`."""
    return tuple(
        batch.key
        for product in _products(person, library)
        for batch in library.lots_of(product)
        if _between(batch.dated, since, until)
    )


def _between(day: Day | None, since: date, until: date | None) -> bool:
    """Whether a day can lie in a span."""
    first, last = earliest(day), latest(day)
    if first is None or last is None:
        return False
    return since <= last and (until is None or first < until)


def _spots(shown: Library, person: str) -> Iterator[AppearancePlace]:
    """Every appearance of a person in a disclosed library."""
    someone = shown.people[person]
    if may_be_named(someone):
        address = urls.person(person)
        yield AppearancePlace(address, AppearsAs.PAGE.value)
        if someone.portrait:
            yield AppearancePlace(address, AppearsAs.PORTRAIT.value)
    for story in shown.stories.values():
        address = urls.story(story.id)
        for part, ids in ((AppearsAs.TELLER, story.tellers), (AppearsAs.RECORDER, story.recorders)):
            if person in ids:
                yield AppearancePlace(address, part.value)
        yield from _as_teller(address, shown.cards_of(story), shown.accounts_of(story), person)
    for key, workshop in shown.workshops.items():
        address = urls.workshop(key)
        if person in workshop.facilitators:
            yield AppearancePlace(address, AppearsAs.FACILITATOR.value)
        yield from _as_teller(address, workshop.cards, workshop.accounts, person)
    yield from _further(shown, person)
    for product in shown.products.values():
        if person in product.people and may_be_named(someone):
            yield AppearancePlace(urls.product(product.id), AppearsAs.MAKER.value)


def _further(shown: Library, person: str) -> Iterator[AppearancePlace]:
    """Appearances in records of further kinds, in any field. A record without a page appears on the list."""
    for kind, record in shown.referring("people", person):
        if kind.family:  # `_spots` reports these kinds itself.
            continue
        yield AppearancePlace(kind.address_of(record) or kind.address, AppearsAs.NAMED.value)


def _as_teller(
    address: str, cards: tuple[Card, ...], accounts: tuple[Account, ...], person: str
) -> Iterator[AppearancePlace]:
    """Appearances as the teller of cards and accounts, and as quoted if their words are shown."""
    words = [(card.teller, card.words) for card in cards]
    words += [(account.teller, account.text) for account in accounts]
    for teller, text in words:
        if teller == person:
            yield AppearancePlace(address, AppearsAs.TELLER.value)
            if text:
                yield AppearancePlace(address, AppearsAs.QUOTATION.value)
