"""What a build produces: pages that a host knows, and files that it does not."""

from __future__ import annotations

from dataclasses import dataclass

from xiangji import urls


@dataclass(frozen=True, slots=True)
class Page:
    """A page that stands in the host's navigation and search.

    `address` is the site-relative URL, `body` the part worth searching (HTML, already safe),
    `document` the whole HTML page, `source` the file an author edits to change it.
    """

    address: str
    title: str
    description: str
    body: str
    document: str
    source: str

    @property
    def uri(self) -> str:
        """The Markdown file that stands for this page in a host's docs folder."""
        return f"{self.address}index.md"

    @property
    def file(self) -> str:
        """The file that answers the address."""
        return urls.file_of(self.address)


@dataclass(frozen=True, slots=True)
class Artifact:
    """Any other file. `uri` is its path in the site; `listed` puts it into the sitemap."""

    uri: str
    content: bytes
    source: str
    listed: bool = False

    @property
    def address(self) -> str:
        """The site-relative URL."""
        return self.uri.removesuffix("index.html") if self.uri.endswith("/index.html") else self.uri

    @property
    def file(self) -> str:
        return self.uri


Output = Page | Artifact


def sheet_file(address: str, document: str, source: str, listed: bool = True) -> Artifact:
    """A whole HTML page that no navigation lists; the sitemap does, unless it is another's form."""
    return Artifact(urls.file_of(address), document.encode(), source, listed)
