"""Turns the files of a site into files that open from a folder, without a server.

A server answers the address of a folder with its `index.html`; a browser that opens files lists the folder instead. So
every link names the file. Browsers let no page that was opened from a file read another file, but a script may lie in
it: so what scripts read becomes a script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from html import escape, unescape
from urllib.parse import quote, unquote

from xiangji import urls
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.render.scripts import script

NEEDS_SERVER = frozenset({urls.NOT_FOUND, urls.ROBOTS, urls.SITEMAP})
"""Files that only a server or a search engine asks for."""

_INDEX = "index.html"
_SCRIPTS = urls.asset("")
_SKIPPED = r"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>"
_TAG = r"<(?:a|area|base|link|meta)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
_TAGS = late_pattern(rf"(?is){_SKIPPED}|{_TAG}")
_LINK = late_pattern(r"""(?i)(\shref\s*=\s*|\scontent\s*=\s*(?=["']\d+;\s*url=))(["'])(.*?)\2""")
_REFRESH = late_pattern(r"(?is)(\d+;\s*url=)(.*)")
_OTHER = late_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""The begin of an address on another host, or of one that is no file."""
_PARTS = late_pattern(r"([^?#]*)(.*)", re.DOTALL)


def offline_file(name: str, content: bytes, there: Collection[str]) -> tuple[str, bytes] | None:
    """Return the name and content of a site's file in a site without a server; None if it has no use there.

    `there` holds the names of all files.
    """
    if name in NEEDS_SERVER or name.startswith("sitemap-"):
        return None
    if name.endswith((".html", ".htm")):
        return name, _page(name, content, there)
    if name.startswith(_SCRIPTS) and name.endswith(".js"):
        return name, script("offline").content + b"\n" + content
    if name.startswith(urls.SEARCH) and name.endswith(".json"):
        return f"{name}.js", as_script(content)
    return name, content


def offline_data(name: str, content: bytes) -> tuple[str, bytes] | None:
    """Return the script beside a data file that pages read and people download; None for any other file."""
    return (f"{name}.js", as_script(content)) if name == urls.CATALOGUE_DATA else None


def as_script(content: bytes) -> bytes:
    """Return JSON as a script that lays it on its own element, where `scripts/offline.js` finds it."""
    text = content.decode("utf-8").strip()
    # Old engines take these two for the ends of lines.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"document.currentScript.data={text};\n".encode()


def _page(name: str, content: bytes, there: Collection[str]) -> bytes:
    """Return a page whose links name files."""
    text = content.decode("utf-8", "surrogateescape")
    folder = posixpath.dirname(name)

    def link(found: re.Match[str]) -> str:
        head, sign, value = found.groups()
        return f"{head}{sign}{_value(value, folder, there)}{sign}"

    def tag(found: re.Match[str]) -> str:
        whole = found.group()
        return whole if found[1] or whole.startswith("<!--") else _LINK.sub(link, whole)

    return _TAGS.sub(tag, text).encode("utf-8", "surrogateescape")


def _value(value: str, folder: str, there: Collection[str]) -> str:
    """Return an attribute's value with the address in it spelt out."""
    refresh = _REFRESH.fullmatch(value)
    if refresh:
        return refresh[1] + escape(spelt_out(unescape(refresh[2]), folder, there))
    address = unescape(value)
    spelt = spelt_out(address, folder, there)
    return value if spelt == address else escape(spelt)


def spelt_out(address: str, folder: str, there: Collection[str]) -> str:
    """Return the address of a file for one that a server would find.

    `folder` is that of the page. An address of something that is not in the site stays as it is.
    """
    if not address or address[0] in "?#" or _OTHER.match(address):
        return address
    found = _PARTS.fullmatch(address)
    path, rest = found.groups() if found else (address, "")
    base = "" if path.startswith("/") else folder
    place = posixpath.normpath(posixpath.join(base, unquote(path).lstrip("/")))
    place = "" if place == "." else place
    if place in there and not path.startswith("/"):
        return address
    file = place if place in there else posixpath.join(place, _INDEX)
    if file not in there:
        return address
    return quote(posixpath.relpath(file, folder or ".")) + rest
