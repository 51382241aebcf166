"""The navigation: the menu of every page, and problems for navigation entries that lead to no page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from xiangji import urls
from xiangji.kinds.installed import kind_at
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.problems import Problem, problem
from xiangji.settings import NavItem, Settings

if TYPE_CHECKING:
    from xiangji.render.context import RenderContext


class MenuEntry(NamedTuple):
    """An entry of the menu. `here` is True if the current page is in the entry's section."""

    text: str
    href: str
    here: bool


def entries(items: Iterable[NavItem]) -> Iterator[NavItem]:
    """All entries that lead to a Markdown page of the site, with those in groups."""
    for item in items:
        yield from entries(item.children)
        if item.uri.endswith(".md") and "://" not in item.uri:
            yield item


def named_in(settings: Settings, address: str) -> bool:
    """Whether the navigation names the page at an address. Such a page must exist, even if it is an empty list."""
    return any(urls.note(item.uri) == address for item in entries(settings.nav))


def nav_missing(
    settings: Settings, pages: Collection[str], uris: Collection[str]
) -> Iterator[Problem]:
    """A problem for each navigation entry without a page.

    `pages` are addresses of pages. `uris` are names of files that an entry may have, for suggestions.
    """
    for item in entries(settings.nav):
        if urls.note(item.uri) not in pages:
            near, near_en = suggestion(item.uri, uris)
            place = item.place or Location(settings.config_file)
            said = {"near": near, "near_en": near_en, "docs": settings.docs_dir}
            yield problem("nav-missing", place, value=item.uri, **said)


def menu(context: RenderContext) -> tuple[tuple[str, str], ...]:
    """Addresses and titles of the menu in head and foot of every page.

    They are the entries of the navigation, each group by its first page that has something to show. Without a
    navigation, they are the lists and the top-level notes. Entries without a page are left out; `nav_missing` reports
    them. Empty lists are left out as well: they have a page, but no visitor wants it.
    """
    found: dict[str, str] = {}
    for item in context.settings.nav or _default_navigation(context):
        uri = next((uri for uri in _uris(item) if has_something(context, uri)), None)
        if uri is not None:
            found.setdefault(urls.note(uri), item.title or _title(context, uri))
    return tuple(found.items())


def has_something(context: RenderContext, uri: str) -> bool:
    """Whether there is a page of that name, and if it is a list, whether anything is on it."""
    if not _is_there(context, uri):
        return False
    address, library = urls.note(uri), context.library
    if library.note_title(uri) is not None:
        return True
    if address == urls.SHOP:
        return library.has_goods()
    kind = kind_at(address)
    if kind is not None and kind.numerous:
        return library.has_lots()
    return kind is None or not kind.family or bool(library.shelf(kind.name))


def is_empty(context: RenderContext, uri: str) -> bool:
    """Whether there is a list of that name with nothing on it."""
    return _is_there(context, uri) and not has_something(context, uri)


def ways(entries: Iterable[tuple[str, str]], page: str) -> list[MenuEntry]:
    """A menu as links of the page at an address."""
    section = page.partition("/")[0]
    return [
        MenuEntry(title, urls.relative(to, page), bool(to) and to.partition("/")[0] == section)
        for to, title in entries
    ]


def _uris(item: NavItem) -> Iterator[str]:
    if item.uri.endswith(".md"):
        yield item.uri
    for child in item.children:
        yield from _uris(child)


def _default_navigation(context: RenderContext) -> list[NavItem]:
    """The default navigation of a village that has written none."""
    every = (urls.SHOP, *(f"{name}/" for name in _DEFAULT_LISTS), urls.TRACE)
    lists = [
        NavItem("", f"{each}index.md") for each in every if _is_there(context, f"{each}index.md")
    ]
    notes = [uri for uri in context.library.top_notes() if uri != _HOME_NOTE]
    return [NavItem("首页", _HOME_NOTE), *lists, *(NavItem("", uri) for uri in notes)]


def _is_there(context: RenderContext, uri: str) -> bool:
    """Whether the site has, or will have, a page with this Markdown file name."""
    library, address = context.library, urls.note(uri)
    first, _, rest = address.partition("/")
    if library.note_title(uri) is not None:
        return True
    if f"{first}/" == urls.VILLAGE:
        return not rest and bool(library.village_lists())
    if f"{first}/" == urls.THANKS:
        return not rest and bool(library.thanked_people())
    if f"{first}/" == urls.PARTIES:
        return not rest and bool(library.partners)
    if f"{first}/" == urls.DATA:
        return not rest and bool(library.village_lists())
    if f"{first}/" == urls.IMPACT:
        return not rest and bool(library.shelf("indicators"))
    kind = kind_at(f"{first}/")
    if kind is not None and not kind.family:
        return (
            rest.strip("/") in library.shelf(kind.name)
            if rest
            else kind.name in library.village_lists()
        )
    family = kind.family if kind else _OTHER_LISTS.get(f"{first}/", ("", ""))[0]
    if family not in context.choice:
        return False
    if rest:
        return kind is not None and rest.strip("/") in library.shelf(kind.name)
    named = bool(context.settings.nav) and named_in(context.settings, address)
    return named or kind is None or kind.numerous or bool(library.shelf(kind.name))


def _title(context: RenderContext, uri: str) -> str:
    title = context.library.note_title(uri)
    if title is not None:
        return title
    first, _, rest = urls.note(uri).partition("/")
    kind = kind_at(f"{first}/")
    if kind is None:
        return _OTHER_LISTS[f"{first}/"][1]
    record = context.library.shelf(kind.name).get(rest.strip("/")) if rest else None
    return kind.heading if record is None else kind.title_of(record)


_HOME_NOTE = "index.md"
_DEFAULT_LISTS = ("stories", "workshops", "products", "people")
"""Kinds whose lists are in the default navigation."""

_OTHER_LISTS = {
    urls.SHOP: ("catalogue", "小店"),
    urls.VILLAGE: ("", urls.VILLAGE_TITLE),
    urls.THANKS: ("", urls.THANKS_TITLE),
    urls.PARTIES: ("", urls.PARTIES_TITLE),
    urls.IMPACT: ("", urls.IMPACT_TITLE),
    urls.DATA: ("", urls.DATA_TITLE),
}
"""Lists that belong to no kind: the family that makes each, and its title."""
