"""Entries of the navigation that lead to no page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from xiangji import urls
from xiangji.nearest import suggestion
from xiangji.problems import Problem, problem
from xiangji.records.location import Location
from xiangji.settings import NavItem, Settings


def entries(items: Iterable[NavItem]) -> Iterator[NavItem]:
    """Those that lead to a page of the site, whatever group they stand in."""
    for item in items:
        yield from entries(item.children)
        if item.uri.endswith(".md") and "://" not in item.uri:
            yield item


def named_in(settings: Settings, address: str) -> bool:
    """Whether the navigation names the page at an address: then there has to be one, with nothing on it if need be."""
    return any(urls.note(item.uri) == address for item in entries(settings.nav))


def nav_missing(
    settings: Settings, pages: Collection[str], uris: Collection[str]
) -> Iterator[Problem]:
    """A problem for each entry without a page. `pages` are addresses, `uris` what entries may be named after."""
    for item in entries(settings.nav):
        if urls.note(item.uri) not in pages:
            near, near_en = suggestion(item.uri, uris)
            place = item.place or Location(settings.config_file)
            said = {"near": near, "near_en": near_en, "docs": settings.docs_dir}
            yield problem("nav-missing", place, value=item.uri, **said)
