"""The consent report: who appears where and by which consent, who appears nowhere, and whose consent ends.

It is for the cooperative only: it contains names, and no page is made from it. Where people stand is found by
`appearances` in what is made, so the report and the site cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from xiangji import urls
from xiangji.disclosure import disclose
from xiangji.library import Library
from xiangji.library.code_register import lead_to, register
from xiangji.model.location import Location
from xiangji.model.parsing.partial_date import Day, earliest, latest
from xiangji.model.vocabularies import ADVERTISING_MEDIA, ConsentMedium, ConsentState, ConsentUse
from xiangji.records.code import PrintedCode
from xiangji.records.person import Consent, Person

SOON = timedelta(days=60)
"""How long before the end of a consent the report asks for a new one."""


class AppearsAs(Enum):
    """How a person appears on a page. The value is the Chinese word."""

    PAGE = "个人页"
    PORTRAIT = "肖像"
    VOICE = "声音"
    TELLER = "讲述人"
    RECORDER = "记录人"
    FACILITATOR = "主持人"
    MAKER = "能工巧匠"
    QUOTATION = "引语"
    NAMED = "写到名字"
    BY_LAW = "依法写明"

    @property
    def use(self) -> ConsentUse | None:
        """The use for which a consent is needed. None for what the law wants on a label."""
        if self is AppearsAs.BY_LAW:
            return None
        return {
            AppearsAs.PORTRAIT: ConsentUse.PORTRAIT,
            AppearsAs.VOICE: ConsentUse.VOICE,
            AppearsAs.QUOTATION: ConsentUse.QUOTATION,
        }.get(self, ConsentUse.NAME)


class AppearancePlace(Struct, frozen=True, order=True):
    """A place in which a person appears, and how (`part` is the value of an `AppearsAs`).

    `address` is that of a page or data file. For a paper (`medium`) it is the product or batch, or with a `run` the
    address in the registered codes.
    """

    address: str
    part: str
    medium: str = ConsentMedium.PAGE.value
    run: str = ""
    alias: bool = False
    """Whether an alias stands there, and not the name."""


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


class ConsentAnswered(NamedTuple):
    """How a person's answer to one question stands."""

    use: ConsentUse
    medium: ConsentMedium
    state: ConsentState


class ConsentEntry(Struct, frozen=True):
    """The report about one person."""

    id: str
    name: str
    place: Location
    appears: tuple[Appearance, ...]
    soon: tuple[ConsentEnding, ...]
    expired: tuple[ConsentEnding, ...]
    withdrawn: tuple[ConsentEnding, ...]
    answers: tuple[ConsentAnswered, ...] = ()


Places = Mapping[str, tuple[AppearancePlace, ...]]
"""Where each person appears, by the id of the person."""


def consent_report(
    library: Library, today: date, found: Places, restored: Places
) -> tuple[ConsentEntry, ...]:
    """One entry for each person, in the order of the list of people.

    `found` is where people appear (`appearances.found.appearing`), `restored` where they would if no consent had ended.
    """
    shown = disclose(library, today)
    return tuple(
        _entry(person, library, shown, today, found[person.id], restored[person.id])
        for person in library.people.values()
    )


def _entry(
    person: Person,
    library: Library,
    shown: Library,
    today: date,
    spots: tuple[AppearancePlace, ...],
    before: tuple[AppearancePlace, ...],
) -> ConsentEntry:
    appears = tuple(_appearance(spot, person, shown, today) for spot in spots)
    ends: dict[str, list[ConsentEnding]] = {"soon": [], "expired": [], "withdrawn": []}
    gone = tuple(spot for spot in before if spot not in spots)
    for item in person.consent:
        state = _ending_state(item, person, today)
        if state:
            lost = _that_end(item, spots if state == "soon" else gone)
            ends[state].append(_ending(item, state, person, library, lost))
    kept = {state: tuple(found) for state, found in ends.items()}
    answers = tuple(_answers(person, today))
    place = person.origin.location
    return ConsentEntry(person.id, person.name, place, appears, **kept, answers=answers)


def _answers(person: Person, today: date) -> Iterator[ConsentAnswered]:
    """How each question stands on pages, and in advertising and for thanks where somebody asked."""
    for use in _ASKED:
        for medium in (ConsentMedium.PAGE, *ADVERTISING_MEDIA, ConsentMedium.THANKS):
            state = person.state(use, today, medium)
            if medium is ConsentMedium.PAGE or state is not ConsentState.NOT_ASKED:
                yield ConsentAnswered(use, medium, state)
    state = person.state(ConsentUse.HOURS, today, ConsentMedium.PROOF)
    if state is not ConsentState.NOT_ASKED:
        yield ConsentAnswered(ConsentUse.HOURS, ConsentMedium.PROOF, state)


_ASKED = (ConsentUse.NAME, ConsentUse.PORTRAIT, ConsentUse.VOICE, ConsentUse.QUOTATION)


def _appearance(spot: AppearancePlace, person: Person, shown: Library, today: date) -> Appearance:
    use, medium = AppearsAs(spot.part).use, ConsentMedium(spot.medium)
    holds = [c for c in person.consent if use and c.covers(use, medium) and c.valid_on(today)]
    # The consent that is valid longest; one without an end is last.
    holds.sort(key=lambda c: (c.expires_on is None, c.expires_on or today))
    agreed = use is not None and person.agrees(use, today, medium)
    return Appearance(spot, shown.people[person.id].name, holds[-1] if holds and agreed else None)


def _ending_state(item: Consent, person: Person, today: date) -> str:
    """`withdrawn`, `expired` or `soon`; empty for a consent that stays valid, or that a later one replaces."""
    if item.refused:
        return ""
    if item.withdrawn_on and item.withdrawn_on <= today:
        return "withdrawn"
    last = item.expires_on
    others = [
        c
        for c in person.consent
        if c.asked is item.asked and set(c.where) & set(item.where) and c is not item
    ]
    if last is None or any(c.expires_on is None or c.expires_on > last for c in others):
        return ""
    if last < today:
        return "expired"
    return "soon" if last - today <= SOON else ""


def _that_end(item: Consent, spots: tuple[AppearancePlace, ...]) -> tuple[AppearancePlace, ...]:
    """Those appearances that exist only with this consent."""
    return tuple(
        spot
        for spot in spots
        if AppearsAs(spot.part).use is item.asked and ConsentMedium(spot.medium) in item.where
    )


def _ending(
    item: Consent,
    state: str,
    person: Person,
    library: Library,
    spots: tuple[AppearancePlace, ...],
) -> ConsentEnding:
    if state != "withdrawn":
        return ConsentEnding(item, spots)
    printed = _lots(person.id, library, item.given_on, item.withdrawn_on)
    runs = tuple(_runs(person.id, printed, library))
    return ConsentEnding(item, spots, printed, runs)


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
