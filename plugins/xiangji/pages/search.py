"""Search over the whole site: the search page, and the data files that its script loads.

The script loads the file of titles first. It loads the file of lots only if the query contains a digit. It loads the
files of texts last, since they are large: on a slow connection the titles that match are shown before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.pages.batches.states import word_of
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext
from xiangji.render.markdown import plain_text
from xiangji.render.navigation import has_something
from xiangji.render.outputs import Artifact, Page, sheet_file
from xiangji.render.scripts import script

_SOURCE = "products/brand.yml"

_FILE_BYTES = 100_000
"""The most bytes of one file of texts. Compressed for transfer, it has about 40,000."""

_PIECE_LENGTH = 8_000
"""The most characters of one piece of text. A longer text is cut at the end of a sentence."""

_NOTE_LENGTH = 60
"""The most characters of the line below a title."""

_LOTS = 20_000
"""How many lots search can find: the newest of each product. More of them are too much data for a phone."""

_FIRST = ("products", "stories", "people", "workshops")
"""Kinds whose records come before all others in the results."""

_OTHER = "页面"
"""The kind that results show for a page that belongs to no kind and no list."""

_LONGEST_NAME = 6
"""The most characters of a list's title that may serve as the name of a kind. A longer one is a sentence."""

_NAMES_TRIED = 20
"""How many names are tried for the example of a query."""

_BLOCK = late_pattern(
    r"<(?=/?(?:h[1-6]|p|div|section|figure|figcaption|blockquote|pre|details|summary|br|hr"
    r"|ul|ol|li|dl|dt|dd|table|caption|tr|th|td)\b)"
)
"""Tags of block elements. A space goes before each, so that words of two blocks are not joined."""

_END = late_pattern(r"[。！？；.!?;]|\s")

Entry = dict[str, Any]


def outputs(
    context: RenderContext, pages: Iterable[Page], written: Iterable[Page]
) -> Iterator[Artifact]:
    """Yield the search page and its data files.

    `pages` are the pages of the families, `written` the hand-written ones. Search finds only what these pages show.
    If the village has a page of its own at this address, nothing is yielded.
    """
    found = [each for each in pages if not _is_another_form(each.address)]
    notes = list(written)
    made = {each.address: each.title for each in (*found, *notes)}
    if urls.SEARCH in made:
        return
    entries: list[Entry] = []
    count = 0
    for number, file in enumerate(_shards(context, _in_order(found, notes), entries), start=1):
        count = number
        yield Artifact(urls.search_text(number), file, _SOURCE)
    lots = _lots(context) if "trace" in context.choice else []
    if lots:
        yield Artifact(urls.SEARCH_LOTS, _json({"products": lots}), _SOURCE)
    told = {"entries": entries, "texts": count, "lots": bool(lots)}
    yield Artifact(urls.SEARCH_INDEX, _json(told), _SOURCE)
    yield _page(context, made, bool(lots))


def _is_another_form(address: str) -> bool:
    """Whether search leaves a page out: the style page, which shows nothing of the village."""
    return address == urls.SPECIMEN


# --- titles ------------------------------------------------------------------------------------


def _in_order(found: Sequence[Page], notes: Sequence[Page]) -> list[tuple[Page, str]]:
    """Return the pages with the names of their kinds, in the order in which equally good results are shown."""
    lists = {each.address: each.title for each in found}
    named = [(page, _kind(page.address, lists)) for page in found]
    places = [kind.heading for name in _FIRST if (kind := kind_named(name))]

    def place(row: tuple[Page, str]) -> int:
        _, kind = row
        return places.index(kind) if kind in places else len(places) + (kind == _OTHER)

    return [*sorted(named, key=place), *((page, _OTHER) for page in notes)]


def _kind(address: str, lists: dict[str, str]) -> str:
    """Return the name that results show for the kind of a page: the heading of its kind, else the title of its list."""
    above = address[: address.rstrip("/").rfind("/") + 1]
    kind = kind_named(above.rstrip("/"))
    if kind is not None:
        return kind.heading
    name = lists.get(above, "") if above else ""
    return name if 0 < len(name) <= _LONGEST_NAME else _OTHER


def _entry(context: RenderContext, page: Page, kind: str, text: str) -> Entry:
    note = _line(page.description) or text
    entry = {
        "title": _line(page.title),
        "note": note if len(note) <= _NOTE_LENGTH else f"{note[:_NOTE_LENGTH].rstrip()}……",
        "address": _address(page.address),
        "kind": kind,
        "pinyin": context.spelling.syllables(page.title),
        "marks": list(page.marks),
    }
    if entry["note"] == entry["title"]:
        entry["note"] = ""
    return {key: value for key, value in entry.items() if value}


def _address(address: str) -> str:
    """Return an address as a link from the site's root."""
    return urls.relative(address, urls.HOME)


def _line(text: str) -> str:
    return " ".join(text.split())


# --- texts -------------------------------------------------------------------------------------


def _shards(
    context: RenderContext, pages: Iterable[tuple[Page, str]], entries: list[Entry]
) -> Iterator[bytes]:
    """Yield the files of texts in the order of `pages`.

    It appends an entry for each page to `entries` on the way, so that the text of a page is extracted only once.
    """
    rows: list[bytes] = []
    room = _FILE_BYTES
    for page, kind in pages:
        text = _words(page.body)
        entry = _entry(context, page, kind, text)
        entries.append(entry)
        for piece in _pieces(text.removeprefix(entry.get("note", "")).strip()):
            row = _json([entry["address"], piece])
            if len(row) + 2 > room and rows:
                yield _joined(rows)
                rows, room = [], _FILE_BYTES
            rows.append(row)
            room -= len(row) + 2
    if rows:
        yield _joined(rows)


def _words(html: str) -> str:
    """Return the text of a page's body, on one line."""
    return _line(unescape(plain_text(_BLOCK.sub(" <", html))))


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most `_PIECE_LENGTH` characters."""
    while len(text) > _PIECE_LENGTH:
        ends = [each.end() for each in _END.finditer(text, _PIECE_LENGTH // 2, _PIECE_LENGTH)]
        at = ends[-1] if ends else _PIECE_LENGTH
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text


def _joined(rows: Sequence[bytes]) -> bytes:
    return b"[" + b",\n".join(rows) + b"]"


# --- lots --------------------------------------------------------------------------------------


def _lots(context: RenderContext) -> list[dict[str, Any]]:
    """Return the lots of each product. They are sorted by lot code, the highest first, which is usually the newest."""
    batches = context.library.batches
    products = [each for each in context.library.products.values() if batches.of(each.id)]
    share = _LOTS // len(products) if products else 0
    found = []
    for product in products:
        lots = sorted(batches.of(product.id), key=lambda each: each.lot, reverse=True)
        found.append(
            {
                "name": product.name,
                "address": _address(urls.product_lots(product.id)),
                "lots": " ".join(each.lot for each in lots[:share]),
                "more": len(lots[share:]),
                **_states(context, product, lots[:share]),
            }
        )
    return [{key: value for key, value in each.items() if value} for each in found if each["lots"]]


def _states(context: RenderContext, product: Product, lots: Sequence[Batch]) -> dict[str, Any]:
    """Return one character per lot for its state, and the meaning of each character. Empty if all lots are fine.

    `.` is a lot that is fine.
    """
    signs: dict[str, str] = {}
    states = ""
    for each in lots:
        found = standing_of(context.library, each, context.settings.today)
        if found.state.is_fine:
            states += "."
        else:
            word = word_of(found.state, product, found.has(LotState.EXPIRED))
            states += signs.setdefault(word.removeprefix("这一批"), chr(ord("a") + len(signs)))
    return (
        {"states": states, "words": {sign: word for word, sign in signs.items()}} if signs else {}
    )


# --- the page ----------------------------------------------------------------------------------


def _page(context: RenderContext, made: dict[str, str], lots: bool) -> Artifact:
    ways = (
        ("故事", urls.STORIES),
        ("小店", urls.SHOP),
        ("人", urls.PEOPLE),
        ("工作坊", urls.WORKSHOPS),
        ("查批次", urls.TRACE),
        ("村里的事", urls.VILLAGE),
    )
    document = context.render(
        "search.html",
        urls.SEARCH,
        title="搜索",
        description="在全站里找：故事、产品、人、工作坊、手写的页面" + "，还有批号。" * lots,
        styles=("usual", "search"),
        script=script("search"),
        example=_example(context),
        lots=lots,
        ways=[
            Link(text, urls.relative(to, urls.SEARCH))
            for text, to in ways
            if to in made and has_something(context, f"{to}index.md")
        ],
    )
    return sheet_file(urls.SEARCH, document, _SOURCE, listed=False)


def _example(context: RenderContext) -> Link | None:
    """Return an example of a query: a name as `text`, its pinyin initials as `href`. None if no name has 2 to 6."""
    named = [each.name for each in context.library.products.values() if not each.hidden]
    named += [each.title for each in context.library.stories.values()]
    for name in named[:_NAMES_TRIED]:
        initials = "".join(each[0] for each in context.spelling.syllables(name).split())
        if initials.isalpha() and 2 <= len(initials) <= 6:
            return Link(name, initials)
    return None


def _json(value: object) -> bytes:
    """Return JSON as UTF-8. `<` is escaped, so that no browser runs it as HTML if a server sends a wrong MIME type."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode()
