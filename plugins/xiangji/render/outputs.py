"""What a build produces: pages, and all other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from msgspec import Struct

from xiangji import urls

if TYPE_CHECKING:
    from xiangji.render.context import RenderContext


class Page(Struct, frozen=True):
    """A page: a whole document in our own frame, which search and navigation know.

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

    @property
    def content(self) -> bytes:
        """What is in that file."""
        return self.document.encode()


class Artifact(Struct, frozen=True):
    """Any other file. `uri` is its path in the site; `listed` puts it into the sitemap."""

    uri: str
    content: bytes
    source: str
    listed: bool = False

    @property
    def address(self) -> str:
        """The site-relative URL."""
        return urls.of_file(self.uri)

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.uri


class Promised(NamedTuple):
    """A file that a shard makes: where it will be, and not yet what is in it."""

    uri: str
    listed: bool = False
    source: str = ""
    """What an author changes to change it; nothing for the files of a sheet, since their batch tells."""

    @property
    def address(self) -> str:
        """The site-relative URL."""
        return urls.of_file(self.uri)

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.uri


class BatchKeys(Sequence[str]):
    """Keys of batches, held as one text: one by one, they take more memory than all that lists tell of the batches of a
    large village, and every process that looks at one copies it."""

    __slots__ = ("_text",)

    def __init__(self, keys: Iterable[str]) -> None:
        self._text = _BETWEEN.join(keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return self._text.count(_BETWEEN) + 1 if self._text else 0

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
        return self._text.split(_BETWEEN) if self._text else []


_BETWEEN = "\0"
"""What no source file holds."""


class Shard(Struct, frozen=True):
    """Files that are made together, apart from all others: in another process, on another machine, or
    not at all where they are as they were.

    `key` names it in its site. `make` and `promise` are functions of a module, so that they can be sent
    elsewhere. `make` gives the `files` in their order and reads of all batches only `batches` (keys), those
    that went into them and those that they went into, to whatever distance; what it has to know of others
    stands in `given`. It finds no problems and orders no pictures: whoever made the shard has done that.
    """

    key: str
    batches: Sequence[str]
    make: Callable[[RenderContext, Shard], Iterator[Artifact]]
    promise: Callable[[Shard], Iterator[Promised]]
    given: tuple[str, ...] = ()
    day: str | None = None
    """All that the day of the build decides of its files beyond who may be named; None where
    nobody has told it, and then they are made anew each day."""
    near: bool = False
    """Whether it is so little that it is made where the build is, and never sent to a team."""

    @property
    def files(self) -> tuple[Promised, ...]:
        """The files, told anew each time: a large village has more names of files than of anything else."""
        return tuple(self.promise(self))

    @property
    def uris(self) -> list[str]:
        """Their names."""
        return [uri for uri, *_ in self.promise(self)]


Output = Page | Artifact
Known = Page | Artifact | Promised
"""Whatever answers an address, whether it is made yet or not."""


def sheet_file(address: str, document: str | bytes, source: str, listed: bool = True) -> Artifact:
    """A whole HTML page that no navigation lists; the sitemap does, unless it is another's form."""
    content = document.encode() if isinstance(document, str) else document
    return Artifact(urls.file_of(address), content, source, listed)
