"""Computes the weight of a page from the files that a host would send. No browser is needed.

Bytes are those of the body after the host's gzip, as `serving.packed` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from serving import PICTURES, file_at, pack, packed

_BASE = "http://site.invalid/"
_EXECUTED = frozenset(("", "module", "text/javascript", "application/javascript"))
_MADE = re.compile(r"-[a-z]+-(?P<width>\d+)(x\d+)?\.(webp|jpe?g|png|avif)$")
_CARD_WIDTH = 240
"""Pixels; a picture of at most this width is a card, a wider one a photo."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page may load, with all its sources and sizes."""

    address: str
    role: str
    sent: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page makes a phone load. All numbers are bytes as sent."""

    address: str
    html: int
    """The document with its CSS, inline or linked."""
    script: int
    """Scripts that run, inline or linked. Machine-readable data (JSON-LD) counts as document."""
    text: int
    """Everything except pictures."""
    pictures: tuple[Picture, ...]
    unsized: tuple[str, ...]
    """Pictures without width and height, which make the page jump."""
    hasty: tuple[str, ...]
    """Pictures after the first that are not lazy, except the seal."""
    hosts: frozenset[str]
    """Other hosts that the page would request."""

    def largest(self, role: str) -> int:
        """Return the bytes of the largest picture in a role (`photo` or `card`)."""
        return max((each.sent for each in self.pictures if each.role == role), default=0)


def pages_of(site: Path) -> list[str]:
    """Return the address of every page of a built site."""
    names = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    # A page that redirects at once is not seen by anybody.
    seen = (name for name in names if b'http-equiv="refresh"' not in (site / name).read_bytes())
    return sorted(name.removesuffix("index.html") for name in seen)


def weigh(site: Path, address: str) -> Weight:
    """Compute the weight of one page, by its address relative to the site."""
    file = file_at(site, address)
    if file is None:
        raise FileNotFoundError(address)
    page = _Reader(file.read_text("utf-8"))
    asked = _Asked(site, address, page)
    document = len(packed(file))
    styles, scripts = sum(asked.sent("style")), sum(asked.sent("script"))
    inline = sum(len(pack(text.encode())) for text in page.inline_scripts)
    return Weight(
        address,
        document + styles,
        scripts + inline,
        document + styles + scripts + sum(asked.sent("other")),
        tuple(asked.pictures()),
        tuple(each.get("src", "") for each in page.images if not _is_sized(each)),
        tuple(_hasty(page.images)),
        asked.hosts,
    )


def _is_sized(image: dict[str, str]) -> bool:
    return all(re.fullmatch(r"[1-9]\d*", image.get(side, "")) for side in ("width", "height"))


def _hasty(images: list[dict[str, str]]) -> Iterator[str]:
    """Yield the pictures that should be lazy. The seal is exempt: it is a drawing in the head of every page."""
    content = [each for each in images if "seal" not in each.get("class", "").split()]
    for image in content[1:]:
        if image.get("loading") != "lazy":
            yield image.get("src", "")


class _Reader(HTMLParser):
    """The elements of a page that make a browser request something."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.links: list[tuple[str, str]] = []
        """What is requested when the page opens: (style, script or other; address as written)."""
        self.images: list[dict[str, str]] = []
        self.shown: list[tuple[str, dict[str, str]]] = []
        """The addresses of pictures as written, each with the attributes of its `<img>`."""
        self.inline_scripts: list[str] = []
        self._sources: list[str] = []
        self._script: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.base = facts.get("href", "")
        elif tag == "link":
            self._link(facts)
        elif tag == "script" and facts.get("type", "") in _EXECUTED:
            if facts.get("src"):
                self.links.append(("script", facts["src"]))
            else:
                self._script = []
        elif tag == "picture":
            self._sources = []
        elif tag == "source":
            self._sources += _addresses(facts.get("srcset", ""))
        elif tag == "img":
            self.images.append(facts)
            every = [*self._sources, *_addresses(facts.get("srcset", "")), facts.get("src", "")]
            self.shown += [(each, facts) for each in dict.fromkeys(every) if each]
            self._sources = []

    def _link(self, facts: dict[str, str]) -> None:
        kinds = facts.get("rel", "").split()
        if "stylesheet" in kinds:
            self.links.append(("style", facts.get("href", "")))
        elif {"preload", "modulepreload", "manifest", "preconnect", "dns-prefetch"} & set(kinds):
            self.links.append(("other", facts.get("href", "")))

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.inline_scripts.append("".join(self._script))
            self._script = None


def _addresses(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


class _Asked:
    """The files behind a page's elements."""

    def __init__(self, site: Path, address: str, page: _Reader) -> None:
        self._site = site
        self._base = urljoin(_BASE + address, page.base)
        self._page = page

    @property
    def hosts(self) -> frozenset[str]:
        """The other hosts that the page requests by itself; a link that a reader may follow does not count."""
        written = [link for _, link in self._page.links] + [link for link, _ in self._page.shown]
        every = (urlsplit(urljoin(self._base, link)) for link in written)
        ours = urlsplit(_BASE).netloc
        return frozenset(each.netloc for each in every if each.netloc not in ("", ours))

    def sent(self, kind: str) -> list[int]:
        """Return the bytes of each file of a kind; preloaded pictures count as pictures."""
        files = (self._file(link) for of, link in self._page.links if of == kind)
        return [len(packed(file)) for file in files if file and file.suffix not in PICTURES]

    def pictures(self) -> Iterator[Picture]:
        for link, image in self._page.shown:
            if file := self._file(link):
                name = file.relative_to(self._site).as_posix()
                yield Picture(name, _role(name, image), len(packed(file)))

    def _file(self, link: str) -> Path | None:
        parts = urlsplit(urljoin(self._base, link))
        if f"{parts.scheme}://{parts.netloc}/" != _BASE:
            return None
        return file_at(self._site, unquote(parts.path).lstrip("/"))


def _role(name: str, image: dict[str, str]) -> str:
    """Return the role from the width that a bitmap was made for, or from the width in which a drawing is shown."""
    made = _MADE.search(name)
    width = made["width"] if made else image.get("width", "")
    return "card" if width.isdigit() and int(width) <= _CARD_WIDTH else "photo"
