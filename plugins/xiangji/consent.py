"""Who appears where, on what ground; who is named and appears nowhere; whose consent ends.

For the cooperative's own eyes: the report holds names, and no page is made of it. What appears is
read from the disclosed library, so the report and the site cannot disagree.
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
from xiangji.model.vocabularies import ConsentUse
from xiangji.records.code import PrintedCode
from xiangji.records.person import Consent, Person
from xiangji.records.story import Account, Card

SOON = timedelta(days=60)
"""How long before the end of a consent somebody should be asked again."""


class AppearsAs(Enum):
    """As what somebody appears. The value is the Chinese word."""

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
        """The consent that it rests on."""
        return {
            AppearsAs.PORTRAIT: ConsentUse.PORTRAIT,
            AppearsAs.QUOTATION: ConsentUse.QUOTATION,
        }.get(self, ConsentUse.NAME)


class AppearancePlace(Struct, frozen=True, order=True):
    """A page that somebody appears on, and as what."""

    address: str
    part: str


class Appearance(Struct, frozen=True):
    """One spot with the consent it rests on; without one the alias stands there."""

    spot: AppearancePlace
    shown_as: str
    ground: Consent | None


class ConsentEnding(Struct, frozen=True):
    """A consent that ends soon, has ended or was withdrawn, and the spots that go with it.

    `printed` are lots made while it held, whose labels may be out: as far as the data tells. `runs`
    are the printed runs that the register holds of these lots and of the products' own pages; a lot
    without any is not there.
    """

    consent: Consent
    spots: tuple[AppearancePlace, ...]
    printed: tuple[str, ...] = ()
    runs: tuple[tuple[str, tuple[PrintedCode, ...]], ...] = ()


class ConsentEntry(Struct, frozen=True):
    """Everything about one person."""

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
    # The one that carries longest: without a term before any with one.
    holds.sort(key=lambda c: (c.expires_on is None, c.expires_on or today))
    ground = holds[-1] if holds and person.agrees(use, today) else None
    return Appearance(spot, shown.people[person.id].name, ground)


def _state(item: Consent, person: Person, today: date) -> str:
    """`withdrawn`, `expired` or `soon`; nothing for a consent that simply holds, or that a later
    one has replaced."""
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
    """The spots that differ between a library with this use agreed to and one without."""
    given = [c for c in person.consent if c.use is not item.use]
    agreed = Consent(use=item.use, given_on=today, by=item.by)
    with_it = replace(person, consent=(*given, agreed))
    without = replace(person, consent=tuple(given))
    gone = _named(with_it, library, today) - _named(without, library, today)
    if state == "withdrawn" and person.agrees(item.use, today):
        gone = set()  # Agreed to again since.
    if state != "withdrawn":
        return ConsentEnding(item, tuple(sorted(gone)))
    printed = _lots(person.id, library, item.given_on, item.withdrawn_on)
    runs = tuple(_runs(person.id, printed, library))
    return ConsentEnding(item, tuple(sorted(gone)), printed, runs)


def _named(person: Person, library: Library, today: date) -> set[AppearancePlace]:
    """Where somebody stands by name, picture or word; an alias is not counted."""
    shown = disclose(replace(library, people={**library.people, person.id: person}), today)
    found = set(_spots(shown, person.id))
    if not person.agrees(ConsentUse.NAME, today):
        found = {spot for spot in found if AppearsAs(spot.part) is AppearsAs.QUOTATION}
    return found


def _runs(
    person: str, lots: tuple[str, ...], library: Library
) -> Iterator[tuple[str, tuple[PrintedCode, ...]]]:
    """The registered runs of these lots, and of the pages of somebody's products."""
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
    """The products that somebody makes or told a story of."""
    told = {each for story in library.stories_told_by(person) for each in story.products}
    return sorted(told | {product.id for product in library.products_by(person)})


def _lots(person: str, library: Library, since: date, until: date | None) -> tuple[str, ...]:
    """The lots made between two days of products that somebody makes or told a story of."""
    return tuple(
        batch.key
        for product in _products(person, library)
        for batch in library.lots_of(product)
        if batch.made_on and since <= batch.made_on and (until is None or batch.made_on < until)
    )


def _spots(shown: Library, person: str) -> Iterator[AppearancePlace]:
    """Every spot of a person in a disclosed library."""
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
        yield from _told(address, shown.cards_of(story), shown.accounts_of(story), person)
    for key, workshop in shown.workshops.items():
        address = urls.workshop(key)
        if person in workshop.facilitators:
            yield AppearancePlace(address, AppearsAs.FACILITATOR.value)
        yield from _told(address, workshop.cards, workshop.accounts, person)
    yield from _further(shown, person)
    for product in shown.products.values():
        if person in product.people and may_be_named(someone):
            yield AppearancePlace(urls.product(product.id), AppearsAs.MAKER.value)


def _further(shown: Library, person: str) -> Iterator[AppearancePlace]:
    """Pages of further kinds, whichever field names somebody; of one without a page, its list."""
    for kind, record in shown.referring("people", person):
        if kind.family:  # Told above, each part by its name.
            continue
        yield AppearancePlace(kind.address_of(record) or kind.address, AppearsAs.NAMED.value)


def _told(
    address: str, cards: tuple[Card, ...], accounts: tuple[Account, ...], person: str
) -> Iterator[AppearancePlace]:
    """As the teller of cards and accounts, and with words of one's own."""
    words = [(card.teller, card.words) for card in cards]
    words += [(account.teller, account.text) for account in accounts]
    for teller, text in words:
        if teller == person:
            yield AppearancePlace(address, AppearsAs.TELLER.value)
            if text:
                yield AppearancePlace(address, AppearsAs.QUOTATION.value)
