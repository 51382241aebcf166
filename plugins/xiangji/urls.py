"""Decides all addresses of the site; no other module does.

Printed addresses must work for ten years (`design.md` §6). Addresses are relative to the site's root, without a
leading slash. Addresses of folders end with a slash.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from xiangji.model.parsing.late_pattern import late_pattern

HOME = ""
STORIES = "stories/"
WORKSHOPS = "workshops/"
PEOPLE = "people/"
PRODUCTS = "products/"
SHOP = "shop/"
VILLAGE = "village/"
"""The index of the lists of all further kinds."""
VILLAGE_TITLE = "村里的事"
VILLAGE_FEED = f"{VILLAGE}feed.xml"
THANKS = "thanks/"
"""Everybody who agreed to be thanked by name."""
THANKS_TITLE = "感谢"
PARTIES = "parties/"
"""The five parties that work together, as a picture and as a list."""
PARTIES_TITLE = "五方"
IMPACT = "impact/"
"""What came of the work, from the indicators."""
IMPACT_TITLE = "有没有用"
SHOPPING_NOTE = "shop/note/"
ELDER_SHOP = "shop/e/"
SPECIMEN = "dev/style/"
TRACE = "t/"
LARGE = "e/"
"""The last part of the address of a large-print page."""
ROLLS = "c/"
RECALLS = "recalls/"
"""Every lot that is recalled or stopped."""
COMPLAINTS = "complaints/"
"""The list of the kind of complaints, to which batch sheets link."""
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
NOT_FOUND = "404.html"
ROBOTS = "robots.txt"
DATA = "data/"
"""Every table that the site publishes, with its licence."""
DATA_TITLE = "数据"
DATA_PACKAGE = f"{DATA}datapackage.json"
DATA_CATALOGUE = f"{DATA}dcat.jsonld"
CATALOGUE_DATA = "data/catalogue.json"
SEARCH = "search/"
SEARCH_INDEX = f"{SEARCH}index.json"
SEARCH_LOTS = f"{SEARCH}lots.json"
BRAND_STYLE = "assets/xiangji/brand.css"
FAVICON = "assets/xiangji/favicon.svg"
SEAL = "assets/xiangji/seal.svg"

_TOP_FOLDERS = (STORIES, WORKSHOPS, PEOPLE, PRODUCTS, SHOP, TRACE, ROLLS)


def story(identifier: str) -> str:
    """The address of a story."""
    return f"{STORIES}{identifier}/"


def workshop(identifier: str) -> str:
    """The address of a workshop."""
    return f"{WORKSHOPS}{identifier}/"


def person(identifier: str) -> str:
    """The address of a person."""
    return f"{PEOPLE}{identifier}/"


def product(identifier: str) -> str:
    """The address of a product."""
    return f"{PRODUCTS}{identifier}/"


def product_lots(identifier: str) -> str:
    """The list of a product's batches. It is also what remains if the end of a printed address is cut off."""
    return f"{TRACE}{identifier}/"


def sheet(product_id: str, lot: str) -> str:
    """The sheet of a batch, to which a printed code leads. Lots contain no character that needs quoting."""
    return f"{TRACE}{product_id}/{lot}/"


def roll(identifier: str) -> str:
    """The address of a code that was printed before its batch was known."""
    return f"{ROLLS}{identifier}/"


def lot_of(address: str) -> tuple[str, str, str] | None:
    """Product, lot and the rest of a sheet's address, in normal or large print; None for any other address."""
    parts = address.split("/")
    if parts[0] + "/" != TRACE or parts[-1] or parts[3:] not in ([""], ["e", ""]):
        return None
    return parts[1], parts[2], "/".join(parts[3:])


def printed(text: str, site_url: str | None) -> str:
    """The address within the site of a printed address, which may be a full URL.

    The host may have changed since it was printed, so only the path below the site's own path counts.
    """
    path = text
    if "://" in text:
        own = urlsplit(site_url or "").path or "/"
        path = unquote(urlsplit(text).path).removeprefix(own)
    path = path.strip("/")
    return f"{path}/" if path else ""


def leads_to(text: str, site_url: str | None) -> str:
    """The address that `product/lot` or a printed address stands for.

    The two are distinct, because no product has the name of a top-level folder of the site.
    """
    if "/" not in text or text.endswith("/") or text.startswith(_TOP_FOLDERS):
        return printed(text, site_url)
    return sheet(*text.split("/"))


def sitemap_piece(number: int) -> str:
    """Another file of a sitemap that does not fit into one file."""
    return f"sitemap-{number}.xml"


def search_text(number: int) -> str:
    """A file with texts that the search reads last."""
    return f"{SEARCH}text-{number}.json"


def further(address: str, number: int) -> str:
    """A further page of a list. No id is a single hyphen, so no record has this address."""
    return address if number == 1 else f"{address}-/{number}/"


def elder_sheet(product_id: str, lot: str) -> str:
    """The sheet of a batch in large print."""
    return f"{sheet(product_id, lot)}{LARGE}"


def poster(page: str) -> str:
    """The poster of a story, a product or a batch, below its page."""
    return f"{page}poster/"


def shop_category(slug: str, page: int = 1) -> str:
    """A category of the catalogue that has pages of its own."""
    return f"{SHOP}c/{slug}/" + (f"{page}/" if page > 1 else "")


def filtered(address: str, field: str, word: str) -> str:
    """The list of the records with a certain word in a field.

    No id is a single hyphen, so no record has this address.
    """
    return f"{address}-/{field}/{word}/"


def kind_data(name: str, ending: str) -> str:
    """A data file with the records of a kind."""
    return f"data/{name}.{ending}"


def schema(name: str) -> str:
    """The JSON Schema of a kind of file, for editors."""
    return f"data/schema/{name}.json"


def asset(name: str) -> str:
    """A generated file that several pages use."""
    return f"assets/xiangji/{name}"


def note(uri: str) -> str:
    """The address of a hand-written page: `handbook/codes.md` is at `handbook/codes/`."""
    stem = uri.removesuffix(".md")
    if stem == "index" or stem == "README":
        return HOME
    for last in ("/index", "/README"):
        if stem.endswith(last):
            return stem.removesuffix(last) + "/"
    return stem + "/"


def sheet_files(batch: str) -> tuple[str, str]:
    """The files of a batch (`product/lot`): its sheet in normal and large print.

    This function and the next are called more often than all others here, so they do not use them.
    """
    return f"{TRACE}{batch}/index.html", f"{TRACE}{batch}/{LARGE}index.html"


def code_files(batch: str) -> tuple[str, str]:
    """The pictures of a batch's code (`product/lot`), as SVG and as PNG."""
    return f"{TRACE}{batch}/code.svg", f"{TRACE}{batch}/code.png"


def file_of(address: str) -> str:
    """The file that answers an address on a static host."""
    return f"{address}index.html" if not address or address.endswith("/") else address


def of_file(file: str) -> str:
    """The address that a file answers."""
    return file.removesuffix("index.html") if file.endswith("/index.html") else file


def relative(target: str, start: str) -> str:
    """`target` as a relative link from the page at `start`.

    It works on any host, in any folder, and from a local copy.
    """
    here, there = start.split("/")[:-1], target.split("/")
    last = there.pop()
    same = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        same += 1
    path = "../" * (len(here) - same) + "".join([f"{part}/" for part in there[same:]]) + last
    return _quoted(path or "./")


def _quoted(path: str) -> str:
    """A path quoted for a link. Most paths need no quoting, and the test is quicker than `quote`."""
    return path if _UNQUOTED.fullmatch(path) else quote(path, safe="/.-_~")


_UNQUOTED = late_pattern(r"[A-Za-z0-9/._~-]*")


def absolute(target: str, site_url: str) -> str:
    """The full URL, for codes, share cards and sitemaps. `site_url` ends with a slash."""
    return site_url + _quoted(target)
