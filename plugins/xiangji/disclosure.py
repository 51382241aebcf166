"""Disclosure: makes a library that contains only what may be published.

Checks use the full library. Pages use only what `disclose` returns. What a person did not consent to, what a card
keeps secret, and what is still a draft is removed before any template runs, and not hidden by a template.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from msgspec.structs import replace

from xiangji.kinds.installed import further_kinds
from xiangji.kinds.person import UNNAMED
from xiangji.kinds.story import KIND as STORIES
from xiangji.kinds.workshop import KIND as WORKSHOPS
from xiangji.library import Library
from xiangji.library.lot_links import NEAR, inputs_of
from xiangji.library.people.credited import path_of
from xiangji.library.permissions import Permissions
from xiangji.library.settled import settled_record
from xiangji.model.fields import Field, ListOf, Nested, fields_of, rows_to
from xiangji.model.value_types import is_file
from xiangji.model.vocabularies import BatchStatus, ConsentMedium, ConsentUse, Secrecy, Visibility
from xiangji.permission import permissions
from xiangji.permission.kinds import unnamed_in, with_voices, without_words
from xiangji.permission.words import common_names
from xiangji.readers.media.papers import Paper
from xiangji.readers.media.pictures import Media, media_path
from xiangji.readers.site.notes import Note, pictures_in
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.history import History, LabelChange, Revision
from xiangji.records.lot import keeps_back
from xiangji.records.person import Consent, Person
from xiangji.records.story import Account, Card, ProcessStep, Story, Workshop

R = TypeVar("R")


def disclose(library: Library, today: date) -> Library:
    """The part of a library that may be published on `today`."""
    speaks = _agreeing(library, ConsentUse.QUOTATION, today)
    people = {k: _person(each, speaks, k, today) for k, each in library.people.items()}
    heard = speaks & _agreeing(library, ConsentUse.VOICE, today)
    workshops = {
        key: _workshop(each, speaks, heard)
        for key, each in library.workshops.items()
        if WORKSHOPS.publishable(each, today)
    }
    stories = {
        key: _story(each, workshops)
        for key, each in library.stories.items()
        if STORIES.publishable(each, today)
    }
    batches = library.batches.through(_batch)
    shown = replace(library, people=people, workshops=workshops, stories=stories, batches=batches)
    shown = replace(shown, histories=_histories(library, people, today))
    allowed = replace(permissions(library, today), names=common_names(shown))
    shown = replace(shown, permissions=allowed)
    named = _agreeing(library, ConsentUse.NAME, today)
    shown = _with_kinds(_without_private(shown), named, speaks, today)
    shown = _with_files(shown, library)
    return _with_unnamed(shown, library)


def disclosed(library: Library, today: date) -> Library:
    """The same as `disclose`, made once for a library: several checks ask for it."""
    known = vars(library).get(_DISCLOSED)
    if known is None or known[0] != today:
        known = vars(library)[_DISCLOSED] = (today, disclose(library, today))
    shown: Library = known[1]
    return shown


_DISCLOSED = "_disclosed"


def _with_unnamed(shown: Library, library: Library) -> Library:
    """The library in which a lot still knows that something stopped went into it, in whatever step. Which one it was is
    not told where its step is not."""
    every = library.batches.values()
    if not any(keeps_back(each) and inputs_of(each) for each in every):
        return shown
    kin = {}
    for batch in library.batches.linked():
        named = {each.key for each in shown.kin_of(batch.key).stopped.lots}
        stopped = library.kin_of(batch.key).stopped.lots
        lost = [] if len(named) >= NEAR else [each for each in stopped if each.key not in named]
        if lost:
            recalled = any(each.status is BatchStatus.RECALLED for each in lost)
            state = BatchStatus.RECALLED if recalled else BatchStatus.ON_HOLD
            kin[batch.key] = shown.kin_of(batch.key)._replace(unnamed=state)
    return replace(shown, kin=kin)


_FIELD_KINDS = "people workshops stories products producers places sources partners".split()
"""Kinds whose records are in a field of the library. `_batch` handles batches."""


def _without_private(shown: Library) -> Library:
    """The library without the values of private fields."""
    shelves = {
        name: {key: without_private(record) for key, record in shown.shelf(name).items()}
        for name in _FIELD_KINDS
    }
    codes, pledges = (tuple(map(without_private, rows)) for rows in (shown.codes, shown.pledges))
    brand = without_private(shown.brand)
    return replace(shown, brand=brand, codes=codes, pledges=pledges, **shelves)


def _with_kinds(shown: Library, named: set[str], speaks: set[str], today: date) -> Library:
    """The library with only the publishable records of further kinds.

    A record about people who did not agree to be named (`named` are those who did) is removed. Private fields, words of people who may not be quoted, and references to removed records are removed too. A kind that is not installed is
    removed as a whole.
    """
    kept = {
        kind.name: {
            key: with_voices(without_private(without_words(record, speaks)), speaks)
            for key, record in shown.shelf(kind.name).items()
            if kind.publishable(record, today) and not unnamed_in(kind, record, named)
        }
        for kind in further_kinds(shown.shelves)
        if kind.name in shown.shelves
    }
    there = replace(shown, shelves={name: shelf for name, shelf in kept.items() if shelf})
    settled = {
        name: {key: settled_record(record, there) for key, record in shelf.items()}
        for name, shelf in there.shelves.items()
    }
    return _with_credits(_with_settled(replace(there, shelves=settled), today))


def _with_settled(shown: Library, today: date) -> Library:
    """The library in which the kinds that declare it have their records as they are published."""
    changed = {
        kind.name: kind.settle(shown.shelf(kind.name), shown, today)
        for kind in further_kinds(shown.shelves)
        if kind.settle is not None and shown.shelf(kind.name)
    }
    return replace(shown, shelves={**shown.shelves, **changed}) if changed else shown


def _with_credits(shown: Library) -> Library:
    """The library in which no credit names a team that is not published, and only credited pictures are described."""

    def settle(record: R) -> R:
        credits = getattr(record, "credits", ())
        if not any(each.teams for each in credits):
            return record
        return replace(record, credits=tuple(settled_record(each, shown) for each in credits))  # type: ignore[type-var]

    photos = tuple(settle(each) for each in shown.brand.photos if each.credits)
    return replace(
        shown,
        brand=replace(shown.brand, photos=photos),
        stories={key: settle(each) for key, each in shown.stories.items()},
        products={key: settle(each) for key, each in shown.products.items()},
        notes=tuple(map(settle, shown.notes)),
    )


def without_private(record: R) -> R:
    """A record without its private fields, and without those of nested records."""
    changes: dict[str, Any] = {}
    for row in _private_rows(type(record)):
        value = getattr(record, row.name)
        if row.private and value in (None, ()):
            continue
        if row.private:
            changes[row.name] = () if isinstance(row.kind, ListOf) else None
        elif isinstance(row.kind, ListOf):
            changes[row.name] = tuple(map(without_private, value))
        elif value is not None:
            changes[row.name] = without_private(value)
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


def _private_rows(record: type[Any]) -> tuple[Field, ...]:
    """The fields of a class that are private, or contain nested records with private fields."""

    def keeps(row: Field) -> bool:
        kind = row.item
        return row.private or (isinstance(kind, Nested) and bool(_private_rows(kind.record)))

    if record not in _PRIVATE_ROWS:
        _PRIVATE_ROWS[record] = tuple(row for row in fields_of(record) if keeps(row))
    return _PRIVATE_ROWS[record]


_PRIVATE_ROWS: dict[type[Any], tuple[Field, ...]] = {}


def _agreeing(library: Library, use: ConsentUse, today: date) -> set[str]:
    """The ids of people whose consent to `use` is valid."""
    return {key for key, each in library.people.items() if each.agrees(use, today)}


def withheld_cards(library: Library) -> dict[str, frozenset[str]]:
    """By story id: the ids of the cards of its workshop that exist and may not be shown in full."""
    found = {}
    for key, story in library.stories.items():
        workshop = library.workshops.get(story.workshop or "")
        cards = workshop.cards if workshop else ()
        kept = workshop is not None and workshop.visibility is not Visibility.PUBLIC
        found[key] = frozenset(each.id for each in cards if kept or is_withheld(each))
    return found


def is_withheld(card: Card) -> bool:
    """Whether the village withholds a card, whatever its teller consented to."""
    return card.secrecy is not Secrecy.PUBLIC or card.visibility is not Visibility.PUBLIC


def _with_files(shown: Library, whole: Library) -> Library:
    """The library with only those media files that the disclosed records name.

    So a portrait or a recording without consent is removed, and with a recording its captions. A picture in a text is
    kept, unless a record names it and may not show it. A picture of somebody who did not agree is removed under
    whatever name. Batches name no pictures.
    """
    named = {path for record in shown.heads() for path in _files(record)}
    withheld = {path for record in whole.heads() for path in _files(record)} - named
    written: list[Story | Note] = [*shown.stories.values(), *shown.notes]
    pictured = {p for each in written for p in pictures_in(each.body, each.origin.path)}
    kept = named | (pictured - withheld)
    unseen = shown.permissions
    media = {
        path: _without_twin(each, unseen)
        for path, each in shown.media.items()
        if path in kept and not unseen.hides(each.digest, ConsentMedium.PAGE)
    }
    photos = tuple(each for each in shown.brand.photos if path_of(each) in media)
    return replace(
        shown,
        brand=replace(shown.brand, photos=photos),
        media=media,
        audio={path: each for path, each in shown.audio.items() if path in named},
        proofs=tuple(_proofs(shown)),
        captions={path: each for path, each in shown.captions.items() if path in named},
    )


def _proofs(shown: Library) -> Iterator[Paper]:
    """Yield the reports and certificates that the disclosed records name."""
    if not shown.proofs:
        return
    named = {paper.paper for each in shown.products.values() for paper in each.certificates}
    named |= {check.paper for each in shown.batches.values() for check in each.inspections}
    yield from (each for each in shown.proofs if each.name in named)


def withheld_pictures(library: Library, shown: Library) -> frozenset[str]:
    """The paths of the pictures of `library` that no page may show because of somebody in them."""
    hides = shown.permissions.hides
    return frozenset(
        path for path, each in library.media.items() if hides(each.digest, ConsentMedium.PAGE)
    )


def _without_twin(media: Media, unseen: Permissions) -> Media:
    """A picture without the bitmap beside it, if that shows somebody who did not agree."""
    if media.twin and unseen.hides(media.twin.digest, ConsentMedium.PAGE):
        return replace(media, twin=None)
    return media


def _files(record: Any) -> Iterator[str]:
    """The paths of the files that a record names, with those of nested records."""
    for row in rows_to(type(record), is_file):
        value = getattr(record, row.name)
        if value is not None and is_file(row.kind):
            yield media_path(record, value)
        elif value is not None:
            for item in value if isinstance(row.kind, ListOf) else (value,):
                yield from _files(item)


def _person(person: Person, speaks: set[str], key: str, today: date) -> Person:
    if not person.agrees(ConsentUse.NAME, today):
        alias = person.public_alias(today) or UNNAMED
        return Person(
            id=person.id,
            name=alias,
            alias=alias,
            roles=person.roles,
            sample=person.sample,
            origin=person.origin,
        )
    shows = person.agrees(ConsentUse.PORTRAIT, today)
    told = person.witnesses if key in speaks else ()
    return replace(
        person,
        alias=None,
        portrait=person.portrait if shows else None,
        portrait_alt=person.portrait_alt if shows else None,
        witnesses=tuple(each for each in told if each.who in speaks),
        consent=tuple(_valid_consent(person, today)),
        git_names=(),
    )


def _valid_consent(person: Person, today: date) -> Iterator[Consent]:
    """The consents that are valid, each for those media alone that no other answer takes back."""
    for each in person.consent:
        media = tuple(m for m in each.where if person.agrees(each.asked, today, m))
        if media and each.valid_on(today) and each.asked is not ConsentUse.HOURS:
            yield replace(each, use=each.asked, media=media, record=None)


def _histories(library: Library, shown: dict[str, Person], today: date) -> dict[str, History]:
    """Label histories in which authors have a name that may be published, or none.

    Values with the name of a person who has not consented are removed, because the change may have been made to
    remove it.
    """
    signed: dict[str, set[str]] = {}
    for key, person in library.people.items():
        for each in person.git_names:
            signed.setdefault(each.casefold(), set()).add(key)
    agreeing = _agreeing(library, ConsentUse.NAME, today)
    withheld = [
        name
        for key, each in library.people.items()
        if key not in agreeing and each.name != each.alias
        for name in (each.name, *each.two)
    ]

    def name_of(revision: Revision) -> str:
        found = {
            key
            for each in (revision.author, revision.address)
            for key in signed.get(each.casefold(), ())
        }
        # A signature that two people use identifies neither.
        named = [shown[key].name for key in found & agreeing] if len(found) == 1 else []
        return named[0] if named else ""

    def changed(change: LabelChange) -> LabelChange:
        what = "一项内容" if any(name in change.what for name in withheld) else change.what
        if any(name in f"{change.before}{change.after}" for name in withheld):
            return replace(change, what=what, before="", after="")
        return replace(change, what=what)

    def history(given: History) -> History:
        revisions = (
            replace(
                each,
                author=name_of(each),
                address="",
                changes=tuple(changed(change) for change in each.changes),
            )
            for each in given.revisions
        )
        return replace(given, revisions=tuple(revisions))

    return {key: history(each) for key, each in library.histories.items()}


def _workshop(workshop: Workshop, speaks: set[str], heard: set[str]) -> Workshop:
    cards = tuple(each for each in (_card(card, speaks, heard) for card in workshop.cards) if each)
    accounts = tuple(_account(each, speaks) for each in workshop.accounts)
    return replace(workshop, cards=cards, accounts=accounts)


def _card(card: Card, speaks: set[str], heard: set[str]) -> Card | None:
    """A card as it may be shown: in full, without recording, as an outline, or not at all (None)."""
    if card.visibility is not Visibility.PUBLIC:
        return None
    quotable = card.teller is None or card.teller in speaks
    if card.secrecy is not Secrecy.PUBLIC or card.teller not in heard:
        # A recording without a known teller is not published either, because a voice identifies its speaker.
        card = replace(card, audio=None, audio_note=None, captions=None, translation=None)
    if card.secrecy is Secrecy.SECRET or (card.secrecy is Secrecy.OUTLINE and not card.outline):
        return None
    if card.secrecy is Secrecy.OUTLINE or not quotable:
        return replace(card, words=None, title=None, secrecy=Secrecy.OUTLINE)
    return card


def _account(account: Account, speaks: set[str]) -> Account:
    if account.teller is None or account.teller in speaks:
        return account
    return replace(account, text=None)


def _story(story: Story, workshops: dict[str, Workshop]) -> Story:
    workshop = workshops.get(story.workshop or "")
    cards = {card.id for card in workshop.cards} if workshop else set()
    accounts = {account.id for account in workshop.accounts} if workshop else set()
    return replace(
        story,
        workshop=story.workshop if workshop else None,
        cards=tuple(each for each in story.cards if each in cards),
        accounts=tuple(each for each in story.accounts if each in accounts),
        steps=tuple(each for each in (_step(step) for step in story.steps) if each),
    )


def _step(step: ProcessStep) -> ProcessStep | None:
    if step.secrecy is Secrecy.SECRET:
        return None
    if step.secrecy is Secrecy.OUTLINE:
        return replace(step, note="这一步由家里人掌握，不公开", picture=None)
    return step


def _batch(batch: Batch) -> Batch:
    batch = without_private(batch)
    if not keeps_back(batch):
        return batch
    return replace(batch, events=tuple(e for e in (_event(x) for x in batch.events) if e))


def _event(event: TraceEvent) -> TraceEvent | None:
    if event.secrecy is Secrecy.SECRET:
        return None
    if event.secrecy is Secrecy.OUTLINE:
        return replace(event, note="这一步由家里人掌握，不公开", quantity=None, inputs=())
    return event
