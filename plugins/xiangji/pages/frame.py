"""Files that belong to the site as a whole: brand style for the host, 404 page, sitemap, favicon, schemas."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from xiangji import urls
from xiangji.pages import schema
from xiangji.pages.leaves import cut
from xiangji.pages.output import Artifact, Known, Page
from xiangji.pages.press import Press, style_sheet

_BRAND = "products/brand.yml"


def host_files(press: Press) -> list[Artifact]:
    """Files that pages of a host refer to (the palette under Material's names, seal, favicon), and
    the schemas that editors refer to; what search engines may read."""
    made = [Artifact(urls.BRAND_STYLE, _brand_style(press).encode(), _BRAND)]
    brand = press.library.brand
    icon = press.library.picture(brand, "favicon")
    if icon is None:
        made.append(Artifact(urls.FAVICON, _letter(press).encode(), _BRAND))
    elif icon.is_drawing:
        made.append(Artifact(urls.FAVICON, icon.read(), icon.path))
    seal = press.library.picture(brand.seal, "picture") if brand.seal else None
    if seal is not None and seal.is_drawing:
        made.append(Artifact(urls.SEAL, seal.read(), seal.path))
    else:
        made.append(Artifact(urls.SEAL, _letter(press).encode(), _BRAND))
    return [*made, _robots(press), *schema.artifacts(_BRAND)]


def _robots(press: Press) -> Artifact:
    """Everybody may read everything; where the list of pages is."""
    where = press.absolute(urls.SITEMAP)
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {where}"] if where else [])]
    return Artifact(urls.ROBOTS, ("\n".join(lines) + "\n").encode(), _BRAND)


def own_files(press: Press, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """The page for an address that leads nowhere, and the site map."""
    missing = Artifact(urls.NOT_FOUND, not_found(press).encode(), _BRAND)
    return (missing, *sitemaps(press, outputs))


_MOST = 50_000
"""Addresses in one site map (sitemaps.org). One of more is not read at all."""


def sitemaps(press: Press, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """Every page a person can read, batch sheets included; none without `site_url`. The first file is
    the site map; of more pages than one may hold, it is the index of those that follow."""
    url = press.settings.site_url
    found = (each.address for each in outputs if isinstance(each, Page) or each.listed)
    # Sorted before each is taken once: of a large village there is no second list of long texts.
    told = [each for each, _ in groupby(sorted(found))] if url else []
    if len(told) <= _MOST:
        return (_site_map(urls.SITEMAP, "urlset", "url", _full(told, url)),)
    pieces = [
        _site_map(urls.sitemap_piece(number), "urlset", "url", _full(piece, url))
        for number, piece in enumerate(cut(told, _MOST), start=1)
    ]
    named = [each for each in (press.absolute(piece.uri) for piece in pieces) if each]
    return (_site_map(urls.SITEMAP, "sitemapindex", "sitemap", named), *pieces)


def _full(addresses: Iterable[str], url: str | None) -> Iterable[str]:
    return (urls.absolute(each, url) for each in addresses if url)


def _site_map(uri: str, root: str, row: str, addresses: Iterable[str]) -> Artifact:
    rows = "".join(f"<{row}><loc>{escape(each, quote=False)}</loc></{row}>\n" for each in addresses)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</{root}>\n'
    )
    return Artifact(uri, text.encode(), _BRAND)


def not_found(press: Press) -> str:
    """The page for an address that leads nowhere. It answers at any depth, so its links start at
    the site's root."""
    return press.render(
        "lost.html",
        urls.HOME,
        title="没有这一页",
        description="没有这一页",
        styles=("usual", "lists", "story"),
        base=urlsplit(press.settings.site_url or "/").path,
    )


def _letter(press: Press) -> str:
    """Favicon and seal for a brand that has drawn none: the seal's first character on the main colour."""
    brand = press.library.brand
    character = escape((brand.seal.text if brand.seal else brand.name)[:1], quote=False)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="10" fill="{press.palette.action}"/>'
        '<text x="32" y="46" font-size="40" font-weight="700" text-anchor="middle" '
        f'fill="#fff" font-family="Songti SC,SimSun,serif">{character}</text></svg>'
    )


def _brand_style(press: Press) -> str:
    """The palette as custom properties, Material's own variables set from it, and the blocks."""
    light = "".join(f"--{role}:{value};" for role, value in press.palette.light().items())
    dark = "".join(f"--{role}:{value};" for role, value in press.palette.dark().items())
    # The host decides light or dark by an attribute, so the palette follows that and not the system.
    palette = f":root{{{light}}}[data-md-color-scheme=slate]{{{dark}}}"
    return palette + style_sheet("host") + style_sheet("blocks")
