"""The content of the demo: enough of it, nothing invented unmarked, nothing private published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from built import DAY, ROOT, Built
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.model.vocabularies import ConsentUse, Evidence, Secrecy
from xiangji.pages.batches.states import state_of
from xiangji.readers.village import gather
from xiangji.records.person import Person

TODAY = date.fromisoformat(DAY)


@pytest.fixture(scope="module")
def library() -> Library:
    """The demo as its files say it, private parts included."""
    found, problems = assemble(gather(ROOT))
    assert found is not None and not problems
    return found


def test_there_is_enough_to_see(library: Library, demo: Built) -> None:
    assert len(library.stories) >= 4
    sold = [each for each in library.products.values() if not each.hidden]
    assert len(sold) >= 4
    assert len({each.kind for each in sold}) >= 3
    assert {"laziji", "larou", "zheergen"} <= {each.id for each in sold}
    makers = [each for each in demo.owned if each.startswith("people/") and each.count("/") == 2]
    assert len(makers) >= 3
    assert len(library.batches) == len(demo.sheets) >= 12
    assert (ROOT / "products" / "laziji" / "batches.csv").read_text("utf-8").startswith("批号,")


def test_batches_show_every_state(library: Library, demo: Built) -> None:
    states = set()
    for batch in library.batches.values():
        state = state_of(library, batch, TODAY)
        states.add(state.key)
        sheet = demo.sheets[f"t/{batch.product}/{batch.lot}/"]
        assert state.word in [each.text for each in sheet.all("b")], batch.lot
    assert states == {"normal", "pending", "on_hold", "recalled", "expired", "unrecorded"}


def test_gaps_read_as_gaps(demo: Built) -> None:
    text = demo.sheets["t/laziji/2026-06C/"].all("main")[0].text
    assert text.count("未记录") >= 6


def test_every_record_is_a_sample_or_has_a_source(library: Library) -> None:
    shelves: list[Any] = [
        *library.people.values(),
        *library.products.values(),
        *library.batches.values(),
        *library.producers.values(),
        *library.places.values(),
    ]
    bare = [each.origin.location for each in shelves if not (each.sample or sourced(each))]
    for workshop in library.workshops.values():
        parts = (*workshop.cards, *workshop.accounts)
        bare += [each.origin.location for each in parts if not (each.sample or each.sources)]
    for story in library.stories.values():
        kept = story.sample or story.sources
        bare += [] if kept else [story.origin.location]
        bare += [claim.origin.location for claim in story.claims if not claim.sources]
    assert bare == []


def sourced(record: Any) -> bool:
    return bool(getattr(record, "sources", ()) or getattr(record, "source", None))


def test_samples_say_so_on_their_pages(library: Library, demo: Built) -> None:
    for batch in library.batches.values():
        if batch.sample:
            sheet = demo.sheets[f"t/{batch.product}/{batch.lot}/"]
            assert sheet.all("span", **{"class": "sample"}), batch.lot
    for product in library.products.values():
        if product.sample:
            page = demo.owned[f"products/{product.id}/"]
            assert page.all("span", **{"class": "sample"}), product.id


def test_three_tellings_stand_side_by_side(library: Library, demo: Built) -> None:
    """The chicken has published origins that contradict each other: each with its source."""
    accounts = library.accounts_of(library.stories["yanglang-laziji"])
    assert len([each for each in accounts if each.sources]) >= 3
    page = demo.owned["stories/yanglang-laziji/"]
    assert "accounts" in page.ids
    (shelf,) = [
        each.text for each in page.all("ul", **{"class": "sand"}) if accounts[0].title in each.text
    ]
    for account in accounts:
        assert account.title in shelf
        assert str(account.evidence) in shelf
        for source in account.sources:
            assert library.sources[source].title in shelf
    assert all(each.evidence is not Evidence.TEST for each in accounts)


def unnamed(library: Library) -> list[Person]:
    return [each for each in library.people.values() if not each.agrees(ConsentUse.NAME, TODAY)]


def private_words(library: Library) -> list[str]:
    """What no byte of the site may hold: names that were not given or were taken back, and what
    cards keep secret."""
    words = [each.name for each in unnamed(library)]
    words += [each.name.partition("（")[0] for each in unnamed(library)]
    for workshop in library.workshops.values():
        for card in workshop.cards:
            if card.secrecy is Secrecy.SECRET:
                words += [card.words or "", card.outline or ""]
            if card.secrecy is Secrecy.OUTLINE:
                words.append(card.words or "")
            teller = library.people.get(card.teller or "")
            if teller and not teller.agrees(ConsentUse.QUOTATION, TODAY):
                words.append(card.words or "")
    return [word.strip() for word in words if word.strip()]


def test_nothing_private_is_in_any_byte_of_the_site(library: Library, demo: Built) -> None:
    """Search index and JSON included; some of them part words by invisible marks."""
    words = private_words(library)
    assert len(unnamed(library)) >= 2, "one never agreed, one took it back"
    assert any(len(word) > 15 for word in words), "a secret card has words"
    for file in sorted(demo.site.rglob("*")):
        if not file.is_file():
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        if file.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False)
        text = text.replace("\u200b", "")
        assert [word for word in words if word in text] == [], file


def test_who_may_not_be_named_has_no_page(library: Library, demo: Built) -> None:
    for person in unnamed(library):
        assert f"people/{person.id}/" not in demo.pages
    assert may_be_named(library.people["cook-yi"])
