"""Pages and files that were made and wait to be written: of many, all but the first are held folded.

A large village has thousands of pages of some forms, and most of each is what all of its form have:
folded against another of them, one takes a twentieth of its bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from xiangji.pages.output import Artifact, Output, Page

_PLAIN = 500
"""Outputs that are held as they are: a village of usual size has no more."""

_WORTH = 2_000
"""Bytes; shorter ones are held as they are."""


def folded(outputs: Iterable[Output]) -> Iterator[Output]:
    """The same outputs, folded from some number on."""
    likes: dict[tuple[str, int], bytes] = {}
    for number, each in enumerate(outputs):
        place = each.address.partition("/")[0], each.address.count("/")
        if number < _PLAIN or place not in likes:
            likes[place] = (
                each.content if isinstance(each, Page) else likes.get(place, each.content)
            )
            yield each
        elif isinstance(each, Page):
            yield FoldedPage(each, likes[place])
        else:
            yield FoldedArtifact(each, likes[place]) if len(each.content) > _WORTH else each


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
