"""Resolves links in Markdown: from what a volunteer wrote to an address, or to a suggestion of what was meant.

A link leads to a file of the village (`../larou/story.md`), to an address of the site (`/shop/`), or to the web. For
any other link the page shows only its text, and the author gets a problem. No link leads to its own page by accident.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from xiangji import urls
from xiangji.kinds.installed import further_kinds, kind_named
from xiangji.model.folders import FOLDER
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.telephone import is_all_numbers, telephones
from xiangji.problems import Problem, problem
from xiangji.readers.tables.batch_table import BATCH_TABLES
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop
from xiangji.render.outputs import Page

if TYPE_CHECKING:
    from xiangji.render.context import RenderContext

_SCHEME = late_pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = late_pattern(r"[^\s@，。；、]+@[^\s@，。；、]+\.[^\s@，。；、]+")
_HOST = late_pattern(
    r"(?:[\w-]+\.)+[\w-]{2,}|localhost|\[[0-9a-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE
)
_BARE_WEB_ADDRESS = late_pattern(
    r"(?:www\.)?(?:[a-z0-9-]+\.)+(?:cn|com|net|org|gov|edu|io|top|xyz|shop|site)(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_HALF_WIDTH = str.maketrans("：／．＃？＆＝－＿（）　\\", ":/.#?&=-_() /")


def target(context: RenderContext, link: str, page: str, folder: str) -> str | None:
    """The target of a link on the page at address `page`, or None if it leads nowhere.

    `folder` is the folder of the text, from which relative paths start.
    """
    if link.startswith("#"):
        return link
    if _SCHEME.match(link):
        if link[:4].lower() == "tel:":
            return _called(link[4:])
        return link if _is_web(link) else None
    path, mark, fragment = link.partition("#")
    path = unquote(path.partition("?")[0])
    if not path or path.startswith("//"):
        return None
    found = (
        _site_address(context, path)
        if path.startswith("/")
        else of_file(context, joined(folder, path))
    )
    return None if found is None else urls.relative(found, page) + mark + fragment


def _called(rest: str) -> str | None:
    """The link that calls what a `tel:` link says: one number, nothing else."""
    text = unquote(rest)
    found = telephones(text)
    return found[0].href if len(found) == 1 and is_all_numbers(text) else None


def place_on(target: str, page: str) -> tuple[str, str] | None:
    """The page of the site and the place on it that a link of the page at an address leads to; None for the web."""
    if _SCHEME.match(target):
        return None
    path, _, fragment = target.partition("#")
    address = urlsplit(urljoin(f"//site/{page}", path)).path.lstrip("/") if path else page
    return unquote(address), unquote(fragment)


def _is_web(link: str) -> bool:
    """Whether a visitor can follow a link with a URL scheme.

    It must be http(s) with a host, a telephone number or a mail address.
    """
    scheme, _, rest = link.partition(":")
    scheme = scheme.lower()
    if scheme == "mailto":
        return _MAIL.fullmatch(unquote(rest).partition("?")[0]) is not None
    if scheme not in ("http", "https"):
        return False
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return False
    return _HOST.fullmatch(host) is not None


def joined(folder: str, link: str) -> str:
    """The path that a relative link means from a folder. `..` stops at the village's folder."""
    parts: list[str] = folder.split("/") if folder else []
    for part in link.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _site_address(context: RenderContext, path: str) -> str | None:
    """An address of the site from a path that starts with `/`; None if the site has no such page."""
    name = path.strip("/")
    address = f"{name}/" if name and not name.endswith(".html") else name
    there = {urls.note(note.uri) for note in context.library.notes}
    families = {of_file(context, each) for each in _content_files(context)}
    lists = {urls.SHOP: "catalogue", urls.TRACE: "trace"}
    known = address in there or address in families or address in context.answered
    return address if known or lists.get(address) in {*context.choice.names} else None


def of_file(context: RenderContext, path: str) -> str | None:
    """The address of the page made from a content file or from a record's folder; None if there is none."""
    library, parts = context.library, path.split("/")
    for workshop in library.workshops.values():
        if workshop.origin.location.path == path and Workshop in context.choice:
            return urls.workshop(workshop.id or "")
    match parts:
        case ["stories", story] | ["stories", story, "story.md"]:
            known = story in library.stories and Story in context.choice
            return urls.story(story) if known else None
        case ["products", product, *rest]:
            return _of_product(context, product, rest)
        case [top, name, *rest] if top == FOLDER:
            return _of_kind(context, name, rest)
    docs = context.settings.docs_dir + "/"
    if not path.startswith(docs) or not path.endswith(".md"):
        return None
    address = urls.note(path.removeprefix(docs))
    notes = {urls.note(note.uri) for note in library.notes}
    return address if address in notes or address in context.answered else None


def _of_kind(context: RenderContext, name: str, rest: list[str]) -> str | None:
    """The address of a further kind's record, by its file or folder.

    The file or folder of the whole kind gives the address of its list. None if there is no such page.
    """
    stem = name.partition(".")[0]
    shelf = context.library.shelves.get(stem)
    kind = kind_named(stem) if shelf else None
    if kind is None or not shelf:
        return None
    if not rest:
        return kind.address
    record = shelf.get(rest[0].removesuffix(".yaml").removesuffix(".yml"))
    within = len(rest) == 1 or rest[1:] in ([f"{kind.one}.yml"], [f"{kind.one}.yaml"])
    return (kind.address_of(record) or None) if record is not None and within else None


def _of_product(context: RenderContext, product: str, rest: list[str]) -> str | None:
    """The address for a path below a product's folder; None if there is no such page.

    It is the product's page, the list of its lots, or the sheet of one lot.
    """
    library = context.library
    if product not in library.products:
        return None
    if rest in ([], ["product.yml"], ["product.yaml"]):
        return urls.product(product) if Product in context.choice else None
    if "trace" not in context.choice:
        return None
    if len(rest) == 1 and rest[0].lower() in BATCH_TABLES and library.lots_of(product):
        return urls.product_lots(product)
    if len(rest) == 2 and rest[0] == "batches":
        lot = rest[1].removesuffix(".yaml").removesuffix(".yml")
        return urls.sheet(product, lot) if f"{product}/{lot}" in library.batches else None
    return None


def _content_files(context: RenderContext) -> Iterator[str]:
    """Every content file that a link may name, as a path from the village's folder."""
    library = context.library
    yield from (f"{context.settings.docs_dir}/{each.uri}" for each in library.notes)
    yield from (f"stories/{each}/story.md" for each in library.stories)
    yield from (each.origin.location.path for each in library.workshops.values())
    for kind in further_kinds(library.shelves):
        yield from (f"{FOLDER}/{kind.name}/{each}" for each in library.shelf(kind.name))
    yield from (f"products/{each}/product.yml" for each in library.products)


def meant(context: RenderContext, link: str, page: str, folder: str) -> tuple[str, str]:
    """A question in Chinese and English that suggests what was meant by a dead link.

    It is empty if nothing is near.
    """
    narrow = link.translate(_HALF_WIDTH).strip()
    if _BARE_WEB_ADDRESS.fullmatch(narrow):
        better: str | None = f"https://{narrow}"
    elif narrow != link and target(context, narrow, page, folder) is not None:
        better = narrow
    else:
        near = (posixpath.relpath(each, folder or ".") for each in _content_files(context))
        return suggestion(narrow.partition("#")[0], (each for each in near if each != link))
    return f"是不是想写“{better}”？", f"Did you mean “{better}”? "


_ID = late_pattern(r"""\sid=(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")


def anchors(fragments: Iterable[tuple[str, str, Location]], pages: Iterable[Page]) -> list[Problem]:
    """A problem for each link to an anchor that its target page does not have."""
    wanted: dict[str, list[tuple[str, Location]]] = {}
    for page, name, place in fragments:
        wanted.setdefault(page, []).append((name, place))
    found = []
    for each in pages if wanted else ():
        asked = wanted.get(each.address, ())
        names = {html.unescape("".join(m)) for m in _ID.findall(each.document)} if asked else set()
        for name, place in asked:
            if name and name not in names:
                near, near_en = suggestion(f"#{name}", [f"#{n}" for n in names])
                said = {"value": name, "page": each.title, "near": near, "near_en": near_en}
                found.append(problem("markdown-anchor", place, **said))
    return found
