"""Pages and files that were made and wait to be written: of many, most are held folded.

A large village has thousands of pages of some forms, and most of each is what all of its form have:
folded against another of them, one takes a twentieth of its bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from xiangji.pages.output import Artifact, Output, Page

Made = TypeVar("Made", bound=Output)

_PLAIN = 16_000_000
"""Bytes of memory in which outputs are held as they are: a village of usual size has no more."""

_WORTH = 2_000
"""Bytes; shorter ones are held as they are."""

_LARGE = 100_000
"""Bytes; larger ones are folded though there is nothing like them."""


class Waiting:
    """Where the outputs of a site are held."""

    def __init__(self) -> None:
        self._room = _PLAIN
        self._likes: dict[tuple[str, int], bytes] = {}

    def held(self, outputs: Iterable[Made]) -> Iterator[Made]:
        """The same outputs, folded as soon as there is no room to hold them as they are."""
        for each in outputs:
            size = _size(each)
            place = each.address.partition("/")[0], each.address.count("/")
            like = self._likes.get(place)
            if like is None and size <= _LARGE:
                self._likes[place] = each.content
            if self._room >= size or size <= _WORTH or (like is None and size <= _LARGE):
                self._room -= size
                yield each
            else:
                yield _folded(each, like or b"")


def _size(output: Output) -> int:
    """Bytes of memory that an output takes; a Chinese text takes two for each character."""
    if isinstance(output, Page):
        return 2 * (len(output.document) + len(output.body))
    return len(output.content)


def _folded(output: Made, like: bytes) -> Made:
    folded: Output = (
        FoldedPage(output, like) if isinstance(output, Page) else FoldedArtifact(output, like)
    )
    return cast(Made, folded)


def _fold(content: bytes, like: bytes) -> bytes:
    press = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_DEFAULT_STRATEGY, like)
    return press.compress(content) + press.flush()


def _unfolded(content: bytes, like: bytes) -> bytes:
    return zlib.decompressobj(15, like).decompress(content)


class FoldedPage(Page):
    """A page whose document, and the part of it that is worth searching, are unfolded for whoever asks."""

    __slots__ = ("_folded", "_like", "_searched")
    _folded: bytes
    _searched: bytes
    _like: bytes

    def __init__(self, page: Page, like: bytes) -> None:
        for name in ("address", "title", "description", "source"):
            object.__setattr__(self, name, getattr(page, name))
        object.__setattr__(self, "_like", like)
        object.__setattr__(self, "_folded", _fold(page.content, like))
        object.__setattr__(self, "_searched", _fold(page.body.encode(), like))

    @property
    def body(self) -> str:
        return _unfolded(self._searched, self._like).decode()

    @property
    def document(self) -> str:
        return self.content.decode()

    @property
    def content(self) -> bytes:
        return _unfolded(self._folded, self._like)


class FoldedArtifact(Artifact):
    """A file whose content is unfolded for whoever asks."""

    __slots__ = ("_folded", "_like")
    _folded: bytes
    _like: bytes

    def __init__(self, file: Artifact, like: bytes) -> None:
        for name in ("uri", "source", "listed"):
            object.__setattr__(self, name, getattr(file, name))
        object.__setattr__(self, "_like", like)
        object.__setattr__(self, "_folded", _fold(file.content, like))

    @property
    def content(self) -> bytes:
        return _unfolded(self._folded, self._like)
