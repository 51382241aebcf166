"""Finds the files of a site that a page or a style sheet refers to.

It reads every attribute, every `url(…)` and every redirect, not only those that are links today. One reference too many
keeps a file that nobody needs; a missing one breaks a page behind a printed code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from xiangji import urls
from xiangji.model.parsing.late_pattern import late_pattern

_ATTRIBUTE = late_pattern(r"""(?<!\sd)(?<!\sclass)=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
"""Skips the attributes `d` and `class`: SVG paths make up much of a page's text, and neither holds an address."""

_STYLE = late_pattern(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
_REDIRECT = late_pattern(r"url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_NOWHERE = "https://site.invalid/"
"""The base address for a site that has none."""


def is_page(path: str) -> bool:
    """Whether a file is an HTML page, which leads to other files."""
    return path.endswith((".html", ".htm"))


def named_files(
    path: str, content: bytes, site_url: str, there: Collection[str], pages: bool = True
) -> Iterator[str]:
    """Yield the files among `there` that the file at `path` refers to, each once, in order of appearance.

    With `pages=False`, links to pages are left out, so that only the files that it shows remain.
    """
    if not (is_page(path) or path.endswith((".css", ".svg"))):
        return
    base = site_url or _NOWHERE
    own = urljoin(base, path.removesuffix("index.html"))
    seen = {path}
    for written in _written(content.decode("utf-8", "replace")):
        if ("/" not in written and "." not in written) or (not pages and written.endswith("/")):
            continue
        file = _file(written, own, base)
        for found in (file, f"{file}/index.html"):
            if found in there and found not in seen and (pages or not is_page(found)):
                seen.add(found)
                yield found


def _written(text: str) -> Iterator[str]:
    """Yield every text that may be an address, as written."""
    yield from _styled(text)
    for groups in _ATTRIBUTE.findall(text):
        value = unescape("".join(groups)).strip()
        yield from _styled(value) if "(" in value else ()
        yield value
        # `srcset` holds several addresses, each with a width. A redirect holds seconds before its
        # address.
        yield from (part for part in re.split(r"[\s,]+", value) if part != value)
        yield from _REDIRECT.findall(value)


def _styled(text: str) -> Iterator[str]:
    for groups in _STYLE.findall(text):
        yield from filter(None, groups)


def _file(written: str, own: str, base: str) -> str:
    """Return the file that a link on a page of the site leads to; an empty string for a link to another place."""
    try:
        full = urlsplit(urljoin(own, written))
        start = urlsplit(base)
    except ValueError:
        return ""
    if (full.scheme, full.netloc) != (start.scheme, start.netloc):
        return ""
    if not full.path.startswith(start.path):
        return ""
    return urls.file_of(unquote(full.path[len(start.path) :]))
