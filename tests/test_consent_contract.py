"""What is shown of people is what they agreed to, wherever they stand, and the consent report says the same.

People with every kind of consent stand in every place where a person can stand; the places come from the field tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from planted_people import (
    DAY,
    NAME,
    PEOPLE,
    PORTRAIT,
    QUOTATION,
    VOICE,
    Planted,
    picture,
    places,
    planted_village,
)
from xiangji import urls
from xiangji.appearances.found import appearing
from xiangji.build import Site, build
from xiangji.checks.people import words
from xiangji.checks.wording import privacy
from xiangji.consent import AppearancePlace, AppearsAs
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.references import assemble
from xiangji.model.fields import ListOf, Nested, fields_of
from xiangji.model.value_types import LINE, PROSE
from xiangji.model.vocabularies import ConsentMedium, ConsentUse, EventKind
from xiangji.paper import cards
from xiangji.paper.labels.text import label_text
from xiangji.paper.posters.poster import consented
from xiangji.paper.posters.text import all_subjects
from xiangji.paper.sheet_text import sheet_text, words_in
from xiangji.readers.config import read_settings
from xiangji.readers.village import gather
from xiangji.records.batch import TraceEvent
from xiangji.records.brand import Producer
from xiangji.settings import Settings


class Village(NamedTuple):
    library: Library
    settings: Settings
    site: Site


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    root = planted_village().write(tmp_path_factory.mktemp("planted"))
    settings, found = read_settings(root / "mkdocs.yml", DAY)
    gathered = gather(settings.root, settings.docs_dir, settings.site_name, settings.site_url)
    library, unresolved = assemble(gathered)
    assert library is not None and not unresolved
    site = build(settings, found, defer=True)
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return Village(library, settings, site)


def signs(village: Village, person: Planted) -> dict[ConsentUse, tuple[str, ...]]:
    """What tells a person's name, face and words in a file."""
    both: list[str] = person.written.get("两个人", [])
    library = village.library
    portrait = library.picture(library.people[person.key], "portrait")
    assert portrait is not None and portrait.read() == picture(person.key)
    return {
        NAME: (person.name, *both),
        PORTRAIT: (portrait.digest[:16],),
        QUOTATION: (person.words,),
        VOICE: (_voice(library, person),),
    }


def _voice(library: Library, person: Planted) -> str:
    card = library.workshops[f"workshop-{person.key}"].cards[0]
    audio = library.recording(card)
    assert audio is not None
    return audio.digest[:16]


@pytest.fixture(scope="module")
def files(village: Village) -> dict[str, str]:
    """Every file of the site that is text, by its address."""
    site = village.site
    every: list[Any] = [*site.pages, *site.notes, *site.reading, *site.artifacts, *site.own]
    return {
        each.address: unescape(each.content.decode("utf-8", "ignore")).replace("\r\n ", "")
        for each in every
    }


def test_people_stand_in_every_place_where_one_can() -> None:
    assert planted_village().places == places()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.key)
def test_a_page_shows_what_was_agreed_and_nothing_else(
    person: Planted, village: Village, files: dict[str, str]
) -> None:
    for use, told in signs(village, person).items():
        found = {at for at, text in files.items() if any(sign in text for sign in told)}
        assert bool(found) == (use in person.pages), (use, sorted(found))
    if NAME in person.pages:
        about = {urls.person(person.key), f"producers/producer-{person.key}/", urls.PEOPLE}
        about |= {
            f"{kind}/{kind[:-1]}-{person.key}/" for kind in ("products", "events", "projects")
        }
        named = {at for at, text in files.items() if person.name in text}
        assert about <= named


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.key)
def test_the_report_names_the_places_in_which_something_stands(
    person: Planted, village: Village, files: dict[str, str], report: dict[str, Any]
) -> None:
    for use, told in signs(village, person).items():
        found = {at for at, text in files.items() if any(sign in text for sign in told)}
        # A poster's picture is made later; its page holds nothing of it.
        said = {
            each.address
            for each in report[person.key]
            if AppearsAs(each.part).use is use and _on_page(each) and not each.alias
        }
        assert said == {at for at in found if not at.startswith("assets/")}, use


def _on_page(place: AppearancePlace) -> bool:
    return place.medium == ConsentMedium.PAGE.value


@pytest.fixture(scope="module")
def report(village: Village) -> dict[str, Any]:
    return dict(appearing(village.library, village.settings))


def papers(village: Village) -> Iterator[tuple[ConsentMedium, str, str]]:
    """Every paper: its kind, what it is about, and all that stands on it with the pictures."""
    context = village.site.context
    assert context is not None
    library = context.library
    for product in library.products.values():
        for batch in library.lots_of(product.id):
            label = label_text(context, batch, product, "")
            shown = library.picture_for(ConsentMedium.LABEL, product)
            text = f"{label.words()} {shown.digest if shown else ''}"
            yield ConsentMedium.LABEL, batch.key, text
            shown = library.picture_for(ConsentMedium.SHEET, product)
            sheet = words_in(sheet_text(context, batch, product, ""))
            yield ConsentMedium.SHEET, batch.key, f"{sheet} {shown.digest if shown else ''}"
        card = words_in(cards.card_text(context, cards.KINDS["stall"], product, None, ""))
        shown = library.picture_for(ConsentMedium.CARD, product)
        yield ConsentMedium.CARD, product.id, f"{card} {shown.digest if shown else ''}"
    for subject in all_subjects(context):
        made, _ = consented(context, subject, ("long", "medium", "short"))
        told = " ".join([made.name, made.line, *(each.words for each in made.tellings)])
        yield (
            ConsentMedium.POSTER,
            made.key,
            f"{told} {made.picture.digest if made.picture else ''}",
        )


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.key)
def test_paper_shows_what_was_agreed_for_it(
    person: Planted, village: Village, report: dict[str, Any]
) -> None:
    told = signs(village, person)
    found: dict[tuple[ConsentMedium, ConsentUse], set[str]] = {}
    for medium, about, text in papers(village):
        for use, several in told.items():
            if any(each in text for each in several):
                found.setdefault((medium, use), set()).add(about)
    for use in told:
        sells = use in person.sells
        for medium in (ConsentMedium.LABEL, ConsentMedium.CARD, ConsentMedium.POSTER):
            assert bool(found.get((medium, use))) == (sells and use is not VOICE), (medium, use)
        # A sheet is the page on paper.
        printed = use in person.pages and use is not VOICE
        assert bool(found.get((ConsentMedium.SHEET, use))) == printed
    for (medium, use), about in found.items():
        said = {
            each.address
            for each in report[person.key]
            if each.medium == medium.value and AppearsAs(each.part).use is use
        }
        assert about <= said, (medium, use)


def test_nobody_stands_on_paper_who_is_not_reported(
    village: Village, report: dict[str, Any]
) -> None:
    """And the other way round: without consent to advertising, the report names no label, card or poster."""
    for person in PEOPLE:
        sold = {
            AppearsAs(each.part).use
            for each in report[person.key]
            if each.medium in ("标签", "卡片", "海报") and not each.alias
        }
        assert sold == set(person.sells) - {VOICE}, person.key


# --- texts -----------------------------------------------------------------------------------------


def texts_of(record: Any) -> Iterator[tuple[str, str, Any]]:
    """Each text of a record and of its nested records: class, field, and a copy of the record that says `SAID` there."""
    for row in fields_of(type(record)):
        values = row.values(record)
        if row.private or (isinstance(record, Producer) and row.name in ("name", "address")):
            continue
        if row.item in (LINE, PROSE):
            text = (SAID,) if isinstance(row.kind, ListOf) else SAID
            yield type(record).__name__, row.name, replace(record, **{row.name: text})
        elif isinstance(row.item, Nested):
            for at, inner in enumerate(values):
                for name, field, changed in texts_of(inner):
                    several = (*values[:at], changed, *values[at + 1 :])
                    value = several if isinstance(row.kind, ListOf) else changed
                    yield name, field, replace(record, **{row.name: value})


UNPUBLISHED = {
    ("Person", "alias"),  # Only for people without a name.
    ("Card", "audio_note"),  # Only beside a recording.
    ("Story", "cards"),  # Ids: what they do not name is removed.
    ("Story", "accounts"),
}

SILENT = next(each for each in PEOPLE if each.key == "silent")
SAID = f"{SILENT.name}讲，{SILENT.words[:7]}、{SILENT.words[7:]}，是这样。"


def _changed(library: Library, record: Any, changed: Any) -> Library:
    if record is library.brand:
        producers = {each.id: each for each in changed.producers}
        places = {each.id: each for each in changed.places}
        return replace(library, brand=changed, producers=producers, places=places)
    for name in ("people", "workshops", "stories", "products"):
        shelf = getattr(library, name)
        if record in shelf.values():
            return replace(library, **{name: {**shelf, record.id: changed}})
    shelves = {
        name: {k: changed if each is record else each for k, each in shelf.items()}
        for name, shelf in library.shelves.items()
    }
    return replace(library, shelves=shelves)


def _small(library: Library) -> Library:
    """The library with what one person is about, and the one whose name and words are copied."""
    kept = ("agreed", SILENT.key)

    def shelf(records: Any) -> dict[str, Any]:
        return {k: each for k, each in records.items() if any(k.endswith(name) for name in kept)}

    brand = replace(
        library.brand,
        producers=tuple(each for each in library.brand.producers if each.id.endswith("agreed")),
        places=tuple(each for each in library.brand.places if each.id.endswith("agreed")),
    )
    parts = {name: shelf(getattr(library, name)) for name in ("workshops", "stories", "products")}
    parts["shelves"] = {name: shelf(each) for name, each in library.shelves.items()}
    parts["people"] = {key: library.people[key] for key in kept}
    return replace(library, brand=brand, **parts)


def test_no_text_field_takes_a_name_or_words_that_are_withheld(village: Village) -> None:
    library = _small(village.library)
    assert [*privacy.check(library, DAY), *words.check(library, DAY)] == []
    tried = set()
    silent = []
    for record in library.heads():
        if getattr(record, "id", "").endswith(SILENT.key):
            continue
        for name, field, changed in texts_of(record):
            if (name, field) in tried:
                continue
            tried.add((name, field))
            other = _changed(library, record, changed)
            found = [bool([*check(other, DAY)]) for check in (privacy.check, words.check)]
            if found != [True, True] and (name, field) not in UNPUBLISHED:
                silent.append((name, field, found))
    assert len(tried) > 60
    assert silent == [], silent


def test_nor_does_a_text_outside_the_fields(village: Village) -> None:
    """The bodies of stories and hand-written pages, and every text of a batch and its steps."""
    library = _small(village.library)
    (note,) = library.notes
    story = next(each for key, each in library.stories.items() if key.endswith("agreed"))
    batch = replace(
        next(iter(village.library.batches.values())),
        product="product-agreed",
        events=(TraceEvent(kind=EventKind.PACK, origin=note.origin),),
    )
    others = {
        "note": replace(library, notes=(replace(note, body=SAID),)),
        "story": _changed(library, story, replace(story, body=SAID)),
    }
    for name, field, changed in texts_of(batch):
        others[f"{name}.{field}"] = replace(library, batches=Batches([changed]))
    assert len(others) > 10
    for name, other in others.items():
        for check in (privacy.check, words.check):
            assert [*check(other, DAY)], (name, check.__module__)
