"""Files of the site as a whole: brand style and icons for the host, 404 page, sitemap, robots.txt, JSON schemas."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from xiangji import urls
from xiangji.kinds.installed import kinds_with
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact, Known, Page
from xiangji.render.pagination import cut
from xiangji.render.templates import style_sheet
from xiangji.views import json_schema

_BRAND = "products/brand.yml"


def host_files(context: RenderContext) -> list[Artifact]:
    """Files that host pages, editors and search engines refer to.

    They are the palette under Material's names, seal, favicon, the JSON schemas and `robots.txt`.
    """
    made = [Artifact(urls.BRAND_STYLE, _brand_style(context).encode(), _BRAND)]
    brand = context.library.brand
    icon = context.library.picture(brand, "favicon")
    if icon is None:
        made.append(Artifact(urls.FAVICON, _letter_icon(context).encode(), _BRAND))
    elif icon.is_drawing:
        made.append(Artifact(urls.FAVICON, icon.read(), icon.path))
    seal = context.library.picture(brand.seal, "picture") if brand.seal else None
    if seal is not None and seal.is_drawing:
        made.append(Artifact(urls.SEAL, seal.read(), seal.path))
    else:
        made.append(Artifact(urls.SEAL, _letter_icon(context).encode(), _BRAND))
    used = kinds_with(context.library.shelves).kinds
    return [*made, _robots(context), *json_schema.artifacts(used, _BRAND)]


def _robots(context: RenderContext) -> Artifact:
    """`robots.txt`: it allows everything and names the sitemap."""
    where = context.absolute(urls.SITEMAP)
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {where}"] if where else [])]
    return Artifact(urls.ROBOTS, ("\n".join(lines) + "\n").encode(), _BRAND)


def own_files(context: RenderContext, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """The 404 page and the sitemap."""
    missing = Artifact(urls.NOT_FOUND, not_found(context).encode(), _BRAND)
    return (missing, *sitemaps(context, outputs))


_SITEMAP_LIMIT = 50_000
"""Maximum number of addresses in one sitemap (sitemaps.org). Search engines reject a larger file."""


def sitemaps(context: RenderContext, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """Every page that people can read, batch sheets included; no addresses without `site_url`.

    The first file is the sitemap. If there are more pages than one file may hold, it is the index of the files after
    it.
    """
    url = context.settings.site_url
    found = (each.address for each in outputs if isinstance(each, Page) or each.listed)
    # The addresses are sorted before duplicates go, so that a large village needs no second list of long texts.
    told = [each for each, _ in groupby(sorted(found))] if url else []
    if len(told) <= _SITEMAP_LIMIT:
        return (_site_map(urls.SITEMAP, "urlset", "url", _absolute(told, url)),)
    pieces = [
        _site_map(urls.sitemap_piece(number), "urlset", "url", _absolute(piece, url))
        for number, piece in enumerate(cut(told, _SITEMAP_LIMIT), start=1)
    ]
    named = [each for each in (context.absolute(piece.uri) for piece in pieces) if each]
    return (_site_map(urls.SITEMAP, "sitemapindex", "sitemap", named), *pieces)


def _absolute(addresses: Iterable[str], url: str | None) -> Iterable[str]:
    return (urls.absolute(each, url) for each in addresses if url)


def _site_map(uri: str, root: str, row: str, addresses: Iterable[str]) -> Artifact:
    rows = "".join(f"<{row}><loc>{escape(each, quote=False)}</loc></{row}>\n" for each in addresses)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</{root}>\n'
    )
    return Artifact(uri, text.encode(), _BRAND)


def not_found(context: RenderContext) -> str:
    """The 404 page. A server sends it at any depth, so its links start at the site's root."""
    return context.render(
        "lost.html",
        urls.HOME,
        title="没有这一页",
        description="没有这一页",
        styles=("usual", "lists", "story"),
        base=urlsplit(context.settings.site_url or "/").path,
    )


def _letter_icon(context: RenderContext) -> str:
    """Favicon or seal for a brand without a drawing: an SVG with the seal's first character on the main colour."""
    brand = context.library.brand
    character = escape((brand.seal.text if brand.seal else brand.name)[:1], quote=False)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="10" fill="{context.palette.action}"/>'
        '<text x="32" y="46" font-size="40" font-weight="700" text-anchor="middle" '
        f'fill="#fff" font-family="Songti SC,SimSun,serif">{character}</text></svg>'
    )


def _brand_style(context: RenderContext) -> str:
    """CSS for host pages: the palette as custom properties, Material's variables set from it, styles of the blocks."""
    light = "".join(f"--{role}:{value};" for role, value in context.palette.light().items())
    dark = "".join(f"--{role}:{value};" for role, value in context.palette.dark().items())
    # The host chooses light or dark by an attribute, so the palette follows the attribute and not the system.
    palette = f":root{{{light}}}[data-md-color-scheme=slate]{{{dark}}}"
    return palette + style_sheet("host") + style_sheet("blocks")
