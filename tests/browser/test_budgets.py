"""What a phone gets stays below the ceilings of the design, on every page of the demo and of a village of
1,000 products and 150 makers. `python benchmarks/pages.py` measures the same and prints all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import probes
from built import Built, Document
from ceilings import (
    CATALOGUE,
    HOME,
    MEASURE,
    OWNED,
    PERSON,
    POSTER,
    PRODUCT,
    SHEET,
    WORKSHOP,
    kind_of,
)
from measuring import Results, heaviest, weigh_all
from paint import SLOW_4G, paint
from reading import FirstView, Reading, newcomer, open_page, reader
from serving import Served
from weights import Weight

STEADY = SLOW_4G._replace(cpu=1)
"""The network of the profile: pictures come late. How fast this machine is changes nothing."""

NOT_FOR_READERS = {"dev/style/"}
"""Shows every component at once, to those who build pages."""

DEMO_ONLY = {HOME, WORKSHOP, POSTER}
"""Kinds of pages that the generated village does not have."""


@dataclass(frozen=True)
class Site:
    """A served site, what its pages weigh, and which of them a browser opens."""

    served: Served
    weights: list[Weight]
    results: Results
    opened: list[str]
    sample: list[str]
    """The heaviest page of each kind."""


def _site(served: Served, opened_of_each: int | None) -> Site:
    results = Results()
    weights = weigh_all(served.site, results)
    every = [each.address for each in weights]
    opened = heaviest(weights, opened_of_each) if opened_of_each else every
    return Site(served, weights, results, opened, heaviest(weights, 1))


@pytest.fixture(scope="module")
def sites(served_demo: Served, served_village: Served) -> dict[str, Site]:
    """The demo, of which every page is opened, and the village, of which a few of each kind are."""
    return {"demo": _site(served_demo, None), "village": _site(served_village, 3)}


@pytest.fixture(scope="module")
def views(sites: dict[str, Site], browser: Any) -> dict[tuple[str, str], FirstView]:
    """First views by site and address."""
    seen = {}
    for name, site in sites.items():
        with newcomer(browser, site.served) as guest:
            seen |= {(name, address): guest.view(address) for address in site.opened}
    return seen


def test_every_page_of_every_kind_is_weighed(sites: dict[str, Site], demo: Built) -> None:
    weighed = {name: {each.address for each in site.weights} for name, site in sites.items()}
    assert {kind_of(at) for at in weighed["demo"]} == set(OWNED)
    assert {kind_of(at) for at in weighed["village"]} == {*OWNED} - DEMO_ONLY
    assert demo.owned.keys() - weighed["demo"] <= NOT_FOR_READERS
    assert sum(kind_of(at) == PRODUCT for at in weighed["village"]) == 1000
    assert sum(kind_of(at) == PERSON for at in weighed["village"]) == 150
    assert sum(kind_of(at) == SHEET for at in weighed["village"]) >= 200


@pytest.mark.parametrize("key", ["html", "text", "script", "photo", "card", "unsized", "hasty"])
@pytest.mark.parametrize("name", ["demo", "village"])
def test_every_page_keeps_its_ceilings(name: str, key: str, sites: dict[str, Site]) -> None:
    worst = {at: worst for at, worst in sites[name].results.worst.items() if at[1] == key}
    assert {kind for kind, _ in worst} >= {*OWNED} - DEMO_ONLY
    broken = {
        kind: f"{found.value:g}, at most {MEASURE[key].limit_for(kind):g}: {found.address} {found.found}"
        for (kind, _), found in worst.items()
        if not MEASURE[key].keeps(kind, found.value)
    }
    assert broken == {}


def test_pages_have_pictures_to_weigh(sites: dict[str, Site]) -> None:
    for name, site in sites.items():
        for role in ("photo", "card"):
            assert max(each.largest(role) for each in site.weights) > 1000, (name, role)


@pytest.mark.parametrize("name", ["demo", "village"])
def test_first_views_keep_their_ceiling(name: str, views: dict[tuple[str, str], FirstView]) -> None:
    seen = {address: view.sent / 1000 for (of, address), view in views.items() if of == name}
    assert all(seen.values())
    first = MEASURE["first"]
    over = {at: size for at, size in seen.items() if not first.keeps(kind_of(at), size)}
    assert over == {}


def test_no_page_asks_another_host(
    sites: dict[str, Site], views: dict[tuple[str, str], FirstView]
) -> None:
    assert {at: view.hosts for at, view in views.items() if view.hosts} == {}
    written = {each.address: each.hosts for site in sites.values() for each in site.weights}
    assert {at: hosts for at, hosts in written.items() if hosts} == {}


def test_every_first_view_is_answered(views: dict[tuple[str, str], FirstView]) -> None:
    lost = {at: [each for each in view.answers if each.status != 200] for at, view in views.items()}
    assert {at: answers for at, answers in lost.items() if answers} == {}


def steady_shift(browser: Any, url: str) -> float:
    """How far a page moves by itself, which it does on every visit. On a busy machine one may be
    painted between two packets of its text, and then the end of a line pushes its beginning."""
    for _ in range(3):
        shift = paint(browser, url, STEADY, 1).shift
        if shift <= MEASURE["cls"].limit:
            break
    return shift


@pytest.mark.parametrize("name", ["demo", "village"])
def test_nothing_moves_on_a_slow_network(name: str, sites: dict[str, Site], browser: Any) -> None:
    site = sites[name]
    shifts = {at: steady_shift(browser, site.served.url + at) for at in site.sample}
    assert len(shifts) >= len(OWNED) - len(DEMO_ONLY)
    assert {at: shift for at, shift in shifts.items() if shift > MEASURE["cls"].limit} == {}


@pytest.fixture(scope="module")
def village_readings(sites: dict[str, Site], browser: Any) -> dict[str, Reading]:
    """What a reader meets on the heaviest page of each kind. The demo's are in test_text_size.py."""
    site = sites["village"]
    with reader(browser) as eyes:
        return {at: eyes.read(site.served.url + at) for at in site.sample}


def test_a_large_village_reads_the_same_without_script(
    village_readings: dict[str, Reading],
) -> None:
    least = MEASURE["kept"].limit
    assert {at: each.lost for at, each in village_readings.items() if each.kept < least} == {}


def test_large_type_cuts_nothing_in_a_large_village(village_readings: dict[str, Reading]) -> None:
    assert {at: each.cut for at, each in village_readings.items() if each.cut} == {}
    assert {at: each.sideways for at, each in village_readings.items() if each.sideways.over} == {}


def test_type_is_large_enough_in_a_large_village(village_readings: dict[str, Reading]) -> None:
    least = MEASURE["small"].limit
    small = {at: each.texts[0] for at, each in village_readings.items()}
    assert {at: text for at, text in small.items() if text.size < least} == {}


def test_axe_finds_nothing_in_a_large_village(sites: dict[str, Site], browser: Any) -> None:
    """By day and by night. The demo's pages are in test_axe.py."""
    site = sites["village"]
    found = {}
    with open_page(browser, bypass_csp=True, reduced_motion="reduce") as page:
        for address in site.sample:
            page.goto(site.served.url + address, wait_until="load")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[address, scheme] = probes.axe(page)
    assert {at: each for at, each in found.items() if each} == {}


def test_every_product_of_a_thousand_can_be_reached_from_the_shop(
    sites: dict[str, Site], village: Built
) -> None:
    """By links, without script, whatever pages the catalogue is cut into."""
    weighed = {each.address for each in sites["village"].weights}
    reached: set[str] = set()
    for at in (at for at in weighed if kind_of(at) == CATALOGUE):
        page = Document((village.site / at / "index.html").read_text("utf-8"))
        reached |= {target[0] for link in page.links() if (target := village.target(at, link))}
    assert {at for at in weighed if kind_of(at) == PRODUCT} - reached == set()
