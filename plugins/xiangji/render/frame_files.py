"""Files that belong to the site as a whole: brand style for the host, 404 page, sitemap, favicon, schemas."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from xiangji import urls
from xiangji.render.context import RenderContext, style_sheet
from xiangji.render.outputs import Artifact, Known, Page
from xiangji.render.pagination import cut
from xiangji.views import json_schema

_BRAND = "products/brand.yml"


def host_files(context: RenderContext) -> list[Artifact]:
    """Files that pages of a host refer to (the palette under Material's names, seal, favicon), and
    the schemas that editors refer to; what search engines may read."""
    made = [Artifact(urls.BRAND_STYLE, _brand_style(context).encode(), _BRAND)]
    brand = context.library.brand
    icon = context.library.picture(brand, "favicon")
    if icon is None:
        made.append(Artifact(urls.FAVICON, _letter(context).encode(), _BRAND))
    elif icon.is_drawing:
        made.append(Artifact(urls.FAVICON, icon.read(), icon.path))
    seal = context.library.picture(brand.seal, "picture") if brand.seal else None
    if seal is not None and seal.is_drawing:
        made.append(Artifact(urls.SEAL, seal.read(), seal.path))
    else:
        made.append(Artifact(urls.SEAL, _letter(context).encode(), _BRAND))
    return [*made, _robots(context), *json_schema.artifacts(_BRAND)]


def _robots(context: RenderContext) -> Artifact:
    """Everybody may read everything; where the list of pages is."""
    where = context.absolute(urls.SITEMAP)
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {where}"] if where else [])]
    return Artifact(urls.ROBOTS, ("\n".join(lines) + "\n").encode(), _BRAND)


def own_files(context: RenderContext, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """The page for an address that leads nowhere, and the site map."""
    missing = Artifact(urls.NOT_FOUND, not_found(context).encode(), _BRAND)
    return (missing, *sitemaps(context, outputs))


_MOST = 50_000
"""Addresses in one site map (sitemaps.org). One of more is not read at all."""


def sitemaps(context: RenderContext, outputs: Iterable[Known]) -> tuple[Artifact, ...]:
    """Every page a person can read, batch sheets included; none without `site_url`. The first file is
    the site map; of more pages than one may hold, it is the index of those that follow."""
    url = context.settings.site_url
    found = (each.address for each in outputs if isinstance(each, Page) or each.listed)
    # Sorted before each is taken once: of a large village there is no second list of long texts.
    told = [each for each, _ in groupby(sorted(found))] if url else []
    if len(told) <= _MOST:
        return (_site_map(urls.SITEMAP, "urlset", "url", _full(told, url)),)
    pieces = [
        _site_map(urls.sitemap_piece(number), "urlset", "url", _full(piece, url))
        for number, piece in enumerate(cut(told, _MOST), start=1)
    ]
    named = [each for each in (context.absolute(piece.uri) for piece in pieces) if each]
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


def not_found(context: RenderContext) -> str:
    """The page for an address that leads nowhere. It answers at any depth, so its links start at
    the site's root."""
    return context.render(
        "lost.html",
        urls.HOME,
        title="没有这一页",
        description="没有这一页",
        styles=("usual", "lists", "story"),
        base=urlsplit(context.settings.site_url or "/").path,
    )


def _letter(context: RenderContext) -> str:
    """Favicon and seal for a brand that has drawn none: the seal's first character on the main colour."""
    brand = context.library.brand
    character = escape((brand.seal.text if brand.seal else brand.name)[:1], quote=False)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="10" fill="{context.palette.action}"/>'
        '<text x="32" y="46" font-size="40" font-weight="700" text-anchor="middle" '
        f'fill="#fff" font-family="Songti SC,SimSun,serif">{character}</text></svg>'
    )


def _brand_style(context: RenderContext) -> str:
    """The palette as custom properties, Material's own variables set from it, and the blocks."""
    light = "".join(f"--{role}:{value};" for role, value in context.palette.light().items())
    dark = "".join(f"--{role}:{value};" for role, value in context.palette.dark().items())
    # The host decides light or dark by an attribute, so the palette follows that and not the system.
    palette = f":root{{{light}}}[data-md-color-scheme=slate]{{{dark}}}"
    return palette + style_sheet("host") + style_sheet("blocks")
