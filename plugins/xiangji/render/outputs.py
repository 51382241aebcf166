"""What a build produces: pages, other files (artifacts), and shards, whose files are made later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from msgspec import Struct

from xiangji import urls

if TYPE_CHECKING:
    from xiangji.render.context import RenderContext


class Page(Struct, frozen=True):
    """A page: a whole HTML document that search and navigation know.

    `address` is the URL relative to the site's root. `body` is the part for the search index, as safe HTML.
    `document` is the whole HTML document. `source` is the file that an author edits to change the page.
    """

    address: str
    title: str
    description: str
    body: str
    document: str
    source: str
    marks: tuple[str, ...] = ()
    """What is wrong with what it shows, which search tells beside its title."""

    @property
    def uri(self) -> str:
        """The Markdown file that stands for this page in a host's docs folder."""
        return f"{self.address}index.md"

    @property
    def file(self) -> str:
        """The HTML file that answers the address."""
        return urls.file_of(self.address)

    @property
    def content(self) -> bytes:
        """The bytes of that file."""
        return self.document.encode()


class Artifact(Struct, frozen=True):
    """Any other file. `uri` is its path in the site; `listed` puts it into the sitemap."""

    uri: str
    content: bytes
    source: str
    listed: bool = False

    @property
    def address(self) -> str:
        """The URL relative to the site's root."""
        return urls.of_file(self.uri)

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.uri


class Promised(NamedTuple):
    """A file that a shard will make: its address is known, its content is not."""

    uri: str
    listed: bool = False
    source: str = ""
    """The file that an author edits to change it. It is empty for files of a sheet, whose batch tells the source."""

    @property
    def address(self) -> str:
        """The URL relative to the site's root."""
        return urls.of_file(self.uri)

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.uri


class BatchKeys(Sequence[str]):
    """A sequence of batch keys, stored as one string.

    As separate strings, the keys of a large village take more memory than the list data of all batches, and every
    worker process that reads a string copies its memory page.
    """

    __slots__ = ("_text",)

    def __init__(self, keys: Iterable[str]) -> None:
        self._text = _SEPARATOR.join(keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return self._text.count(_SEPARATOR) + 1 if self._text else 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> BatchKeys: ...
    def __getitem__(self, at: int | slice) -> str | BatchKeys:
        found = self._all()[at]
        return found if isinstance(found, str) else BatchKeys(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BatchKeys) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Keys({self._all()})"

    def _all(self) -> list[str]:
        return self._text.split(_SEPARATOR) if self._text else []


_SEPARATOR = "\0"
"""A separator that no source file contains."""


class Shard(Struct, frozen=True):
    """Files that are made together and apart from all others.

    They are made in a worker process, on another machine, or not at all if nothing changed.

    `key` names the shard in its site. `make` and `promise` are functions of a module, so that they can be pickled.
    `make` yields the artifacts in the order of `files`. Of the batches, it reads only those in `batches` (keys) and
    those linked with them at any distance, upstream and downstream. What it needs to know of other batches is in
    `given`. `make` reports no problems and requests no pictures: the code that creates the shard has already done
    both.
    """

    key: str
    batches: Sequence[str]
    make: Callable[[RenderContext, Shard], Iterator[Artifact]]
    promise: Callable[[Shard], Iterator[Promised]]
    given: tuple[str, ...] = ()
    day: str | None = None
    """Everything that the day of the build decides in these files, besides who may be named.

    If it is None, the files are made again every day.
    """
    near: bool = False
    """Whether the shard is so small that it is made in the build's own process and never sent to a worker."""
    reads: bool = True
    """Whether `make` reads records of the batches. If not, it needs their keys alone."""

    @property
    def files(self) -> tuple[Promised, ...]:
        """The promised files, computed on each access: a large village has too many file names to keep."""
        return tuple(self.promise(self))

    @property
    def uris(self) -> list[str]:
        """Their paths in the site."""
        return [uri for uri, *_ in self.promise(self)]


Output = Page | Artifact
Known = Page | Artifact | Promised
"""Everything that answers an address, whether it is already made or not."""


def sheet_file(address: str, document: str | bytes, source: str, listed: bool = True) -> Artifact:
    """A whole HTML page that no navigation lists.

    The sitemap lists it if `listed`, so not where it is another form of a page.
    """
    content = document.encode() if isinstance(document, str) else document
    return Artifact(urls.file_of(address), content, source, listed)
