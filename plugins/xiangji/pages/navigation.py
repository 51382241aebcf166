"""The navigation: where head and foot of every page lead, and entries that lead to no page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from xiangji import urls
from xiangji.kinds.installed import own_kinds
from xiangji.nearest import suggestion
from xiangji.problems import Problem, problem
from xiangji.records.location import Location
from xiangji.settings import NavItem, Settings

if TYPE_CHECKING:
    from xiangji.pages.press import Press


class Way(NamedTuple):
    """An entry of the menu; `here` says that the page is one of those below it."""

    text: str
    href: str
    here: bool


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


def menu(press: Press) -> tuple[tuple[str, str], ...]:
    """Where the head and the foot of every page lead, as addresses and titles: the entries of the navigation, each
    group by its first page; without a navigation, the lists and the pages on top. One that leads nowhere is left out,
    since `nav_missing` tells of it."""
    found: dict[str, str] = {}
    for item in press.settings.nav or _usual(press):
        uri = next((uri for uri in _uris(item) if _is_there(press, uri)), None)
        if uri is not None:
            found.setdefault(urls.note(uri), item.title or _title(press, uri))
    return tuple(found.items())


def ways(entries: Iterable[tuple[str, str]], page: str) -> list[Way]:
    """A menu as links of the page at an address."""
    section = page.partition("/")[0]
    return [
        Way(title, urls.relative(to, page), bool(to) and to.partition("/")[0] == section)
        for to, title in entries
    ]


def _uris(item: NavItem) -> Iterator[str]:
    if item.uri.endswith(".md"):
        yield item.uri
    for child in item.children:
        yield from _uris(child)


def _usual(press: Press) -> list[NavItem]:
    """What a navigation would say that nobody wrote."""
    lists = [
        NavItem("", f"{each}index.md") for each in _LISTS if _is_there(press, f"{each}index.md")
    ]
    notes = [uri for uri in press.library.top_notes() if uri != _FIRST]
    return [NavItem("首页", _FIRST), *lists, *(NavItem("", uri) for uri in notes)]


def _is_there(press: Press, uri: str) -> bool:
    """Whether there is, or will be, a page of that name."""
    library, address = press.library, urls.note(uri)
    first, _, rest = address.partition("/")
    if library.note_title(uri) is not None:
        return True
    kept = _kind_list(press, f"{first}/")
    if kept is not None:
        return rest.strip("/") in kept[1] if rest else True
    known = _LISTS.get(f"{first}/")
    if known is None or known[0] not in press.choice:
        return False
    if rest:
        records = getattr(library, known[0], {})
        return rest.strip("/") in records
    named = bool(press.settings.nav) and named_in(press.settings, address)
    return named or known[0] in ("catalogue", "trace") or bool(getattr(library, known[0]))


def _title(press: Press, uri: str) -> str:
    title = press.library.note_title(uri)
    if title is not None:
        return title
    first, _, rest = urls.note(uri).partition("/")
    kept = _kind_list(press, f"{first}/")
    if kept is not None:
        found = kept[1].get(rest.strip("/"))
        return getattr(found, "title", kept[0]) if rest else kept[0]
    family, usual = _LISTS[f"{first}/"]
    record = getattr(press.library, family, {}).get(rest.strip("/")) if rest else None
    return str(getattr(record, "title", None) or getattr(record, "name", None) or usual)


def _kind_list(press: Press, address: str) -> tuple[str, Mapping[str, Any]] | None:
    """What the list of a further kind is called, and the records on it; the index of all such lists, too. None where
    there is none."""
    if address == urls.VILLAGE:
        return (urls.VILLAGE_TITLE, {}) if len(press.library.shelves) else None
    kind = next((each for each in own_kinds() if each.address == address), None)
    shelf = press.library.shelf(kind.name) if kind else {}
    return (kind.heading, shelf) if kind and shelf else None


_FIRST = "index.md"
_LISTS = {
    urls.SHOP: ("catalogue", "小店"),
    urls.STORIES: ("stories", "故事"),
    urls.WORKSHOPS: ("workshops", "工作坊"),
    urls.PRODUCTS: ("products", "产品"),
    urls.PEOPLE: ("people", "人"),
    urls.TRACE: ("trace", "查批次"),
}
"""The list of each family: its name, and what it is called."""
