"""Addresses: printed ones live for ten years, and links work under any host or folder."""

from __future__ import annotations

from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji import urls

identifiers = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
lots = st.from_regex(r"[A-Za-z0-9_-]([A-Za-z0-9._-]{0,8}[A-Za-z0-9_-])?", fullmatch=True)
names = st.text(
    st.sampled_from("a甲 %?#&:;=+@!'\"<>[]~.") | st.characters(categories=["L", "N"]), min_size=1
).filter(lambda name: name.strip(".") and "/" not in name and not name.endswith(".md"))
notes = st.lists(names, min_size=1, max_size=3).map(
    lambda parts: urls.note("/".join(parts) + ".md")
)

addresses = (
    st.sampled_from([urls.HOME, urls.SHOP, urls.SITEMAP, urls.CATALOGUE_DATA, urls.BRAND_STYLE])
    | st.one_of(
        identifiers.map(urls.story),
        identifiers.map(urls.workshop),
        identifiers.map(urls.person),
        identifiers.map(urls.product),
        identifiers.map(urls.product_lots),
    )
    | st.builds(urls.sheet, identifiers, lots)
    | st.builds(lambda product, lot: urls.code_files(f"{product}/{lot}")[0], identifiers, lots)
    | notes
)


@settings(deadline=None, max_examples=400)
@given(addresses, addresses, st.sampled_from(["https://example.cn/", "https://a.cn/b/c/"]))
def test_a_link_leads_where_it_should(target: str, start: str, host: str) -> None:
    """As a browser resolves it, from a page at the root and from a site in a folder."""
    link = urls.relative(target, start)
    assert not urlsplit(link).scheme and not link.startswith("/")
    assert urljoin(host + quote(start), link) == urls.absolute(target, host)
    assert unquote(urlsplit(urls.absolute(target, host)).path) == urlsplit(host).path + target


@settings(deadline=None)
@given(addresses)
def test_an_address_is_answered_by_one_file(address: str) -> None:
    file = urls.file_of(address)
    assert file.startswith(address)
    assert not file.endswith("/") and not file.startswith("/")
    assert file.removesuffix("index.html") == address or file == address


@settings(deadline=None)
@given(identifiers, lots)
def test_a_printed_address_needs_no_quoting(product: str, lot: str) -> None:
    sheet = urls.sheet(product, lot)
    assert quote(sheet, safe="/") == sheet
    assert sheet.startswith(urls.product_lots(product))


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("handbook/index.md", "handbook/"),
        ("handbook/README.md", "handbook/"),
        ("handbook/codes.md", "handbook/codes/"),
        ("reindex.md", "reindex/"),
    ],
)
def test_hand_written_pages(uri: str, address: str) -> None:
    assert urls.note(uri) == address


def test_the_addresses_that_are_printed() -> None:
    """Changing one of these breaks every label in the world."""
    assert urls.sheet("laziji", "2026-03A") == "t/laziji/2026-03A/"
    assert urls.product_lots("laziji") == "t/laziji/"
    assert urls.story("a") == "stories/a/"
    assert urls.product("a") == "products/a/"
    assert urls.person("a") == "people/a/"
    assert urls.SHOP == "shop/"


@pytest.mark.parametrize("site_url", ["https://example.cn/", "https://a.cn/b/c/", None])
@settings(deadline=None)
@given(product=identifiers, lot=lots)
def test_a_printed_address_is_known_again(site_url: str | None, product: str, lot: str) -> None:
    """As it stands in the register: whole or not, with or without the last stroke."""
    sheet = urls.sheet(product, lot)
    for written in (sheet, f"/{sheet}", sheet.removesuffix("/")):
        assert urls.printed(written, site_url) == sheet
    if site_url:
        assert urls.printed(urls.absolute(sheet, site_url), site_url) == sheet
        # Printed when the site had another host.
        moved = urls.absolute(sheet, site_url).replace("https://", "http://old.")
        assert urls.printed(moved, site_url) == sheet
    assert urls.leads_to(sheet, site_url) == sheet
    assert urls.lot_of(sheet) == (product, lot, "")
    assert urls.lot_of(urls.elder_sheet(product, lot)) == (product, lot, "e/")
    for other in (urls.product_lots(product), urls.product(product), urls.roll(product), ""):
        assert urls.lot_of(other) is None


def test_what_a_code_leads_to_is_a_batch_or_an_address() -> None:
    assert urls.leads_to("laziji/2026-09A", None) == "t/laziji/2026-09A/"
    assert urls.leads_to("c/juan-1", None) == urls.roll("juan-1")
    assert urls.leads_to("stories/huolu", None) == urls.story("huolu")
    assert urls.leads_to("", None) == urls.HOME
