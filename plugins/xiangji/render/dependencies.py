"""Tracks which values of a village a page depends on.

A page family reads library and settings through the wrappers of this module. Each read is logged as a question, so no
page has to list its dependencies and none can be missed. The next build asks the same questions with `Answers`; if
the digest of the answers is the same, the page need not be made again.

A question is a kind and some texts: a field of the library, an entry of a shelf, all keys of a shelf, a method with
text arguments, a setting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import msgspec

from xiangji.kinds.installed import kind_of
from xiangji.library import Library
from xiangji.model.location import Origin
from xiangji.settings import Settings

TODAY = "setting\0today"
"""The question for the day of the build, logged like every other setting.

Code that knows more exactly what the day decides on a page may replace this question.
"""


class QuestionLog:
    """Collects questions, for the page that is being made now, or else for all pages of the build."""

    def __init__(self) -> None:
        self._everybody: dict[str, None] = {}
        self._now: dict[str, None] = self._everybody

    def note(self, *question: str) -> None:
        """Log one question. Its parts are the kind and the texts."""
        self._now["\0".join(question)] = None

    @contextmanager
    def made(self) -> Iterator[dict[str, None]]:
        """Collect the questions of one page or file in a dict of its own."""
        own: dict[str, None] = {}
        self._now = own
        try:
            yield own
        finally:
            self._now = self._everybody

    @contextmanager
    def for_everybody(self) -> Iterator[None]:
        """Log questions as shared by all pages: what is made here is cached, and every later page shows it."""
        before, self._now = self._now, self._everybody
        try:
            yield
        finally:
            self._now = before

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Discard questions that are asked only to answer a question that is already logged."""
        before, self._now = self._now, {}
        try:
            yield
        finally:
            self._now = before

    def all_of(self, own: Iterable[str]) -> list[str]:
        """The given questions and those of all pages, sorted."""
        return sorted({*own, *self._everybody})


class _TrackedShelf(Mapping[str, Any]):
    """A tracked mapping from keys to records: it logs each key that is read, and each walk over all keys."""

    def __init__(self, name: str, shelf: Mapping[str, Any], asked: QuestionLog) -> None:
        self._name, self._shelf, self._asked = name, shelf, asked

    def __getitem__(self, key: str) -> Any:
        self._asked.note("entry", self._name, str(key))
        return self._shelf[key]

    def __iter__(self) -> Iterator[str]:
        self._asked.note("keys", self._name)
        return iter(self._shelf)

    def __len__(self) -> int:
        self._asked.note("keys", self._name)
        return len(self._shelf)

    def __getattr__(self, name: str) -> Any:
        """Log the access to any other attribute.

        `Answers` cannot answer it, so the page is made again at every build.
        """
        self._asked.note("shelf", self._name, name)
        return getattr(self._shelf, name)


def shelf_of(library: Library, name: str) -> Mapping[str, Any]:
    """The mapping from keys to records under a name: a field of the library, or the records of a further kind.

    No kind may have the name of a field.
    """
    found = getattr(library, name, None)
    return found if isinstance(found, Mapping) else library.shelf(name)


class _TrackedLibrary:
    """A wrapper of a library that logs every read."""

    __slots__ = ("_asked", "_library", "_shelves")

    def __init__(self, library: Library, asked: QuestionLog) -> None:
        self._library, self._asked = library, asked
        self._shelves: dict[str, _TrackedShelf] = {}

    def __getattr__(self, name: str) -> Any:
        if name == "shelf":
            return self._shelf
        shelf = self._shelves.get(name)
        if shelf is not None:
            return shelf
        value = getattr(self._library, name)
        if isinstance(value, Mapping):
            return self._shelf(name)
        if callable(value):
            return self._method(name, value)
        self._asked.note("field", name)
        return value

    def _shelf(self, name: str) -> _TrackedShelf:
        if name not in self._shelves:
            self._shelves[name] = _TrackedShelf(name, shelf_of(self._library, name), self._asked)
        return self._shelves[name]

    def __getitem__(self, record: type[Any]) -> _TrackedShelf:
        kind = kind_of(record)
        if kind is None:
            raise KeyError(record.__name__)
        return self._shelf(kind.name)

    def _method(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            if all(isinstance(each, str) for each in given):
                self._asked.note("method", name, *given)
                return method(*given)
            # A call with a record cannot be repeated in a later build. The method therefore runs on this wrapper,
            # which logs what it reads.
            return getattr(type(self._library), name)(self, *given)

        return ask


class _TrackedSettings:
    """A wrapper of settings that logs every read."""

    __slots__ = ("_asked", "_settings")

    def __init__(self, settings: Settings, asked: QuestionLog) -> None:
        self._settings, self._asked = settings, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.note("setting", name)
        return getattr(self._settings, name)


def asked_library(library: Library, asked: QuestionLog) -> Library:
    """The library in a wrapper that logs every read in `asked`."""
    return cast(Library, _TrackedLibrary(library, asked))


def asked_settings(settings: Settings, asked: QuestionLog) -> Settings:
    """The settings in a wrapper that logs every read in `asked`."""
    return cast(Settings, _TrackedSettings(settings, asked))


class Answers:
    """Answers questions from the village as it is now, each as a digest.

    `more` answers questions of kind `context.ISSUED`, which the render context logs.
    """

    def __init__(
        self, library: Library, settings: Settings, more: Callable[[str, str], Any] | None = None
    ) -> None:
        self._library, self._settings, self._more = library, settings, more
        self._known: dict[str, bytes | None] = {}

    def digest(self, questions: Iterable[str], *also: str) -> str:
        """One digest over questions, their answers and the texts `also`.

        An empty string if one question cannot be answered. The caller must then treat the page as changed.
        """
        made = blake2b(repr(also).encode("utf-8", "surrogateescape"), digest_size=16)
        for each in questions:
            answer = self._answer(each)
            if answer is None:
                return ""
            made.update(f"{each}\n".encode("utf-8", "surrogateescape"))
            made.update(answer)
        return made.hexdigest()

    def _answer(self, question: str) -> bytes | None:
        if question not in self._known:
            try:
                told = _ENCODER.encode(self._value(*question.split("\0")))
                self._known[question] = blake2b(told, digest_size=16).digest()
            except (AttributeError, TypeError, ValueError):
                self._known[question] = None
        return self._known[question]

    def _value(self, kind: str, name: str, *given: str) -> Any:
        match kind:
            case "field":
                return getattr(self._library, name)
            case "entry":
                return shelf_of(self._library, name).get(*given)
            case "keys":
                return tuple(shelf_of(self._library, name))
            case "method":
                return getattr(self._library, name)(*given)
            case "setting":
                return getattr(self._settings, name)
            case "press" if self._more is not None:
                return self._more(name, *given)
        raise ValueError(kind)


def _as_data(value: Any) -> Any:
    """A value of our own classes as plain data for msgpack.

    An origin becomes None, because a page does not depend on where a value is written in its file.
    """
    if isinstance(value, Origin):
        return None
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form as data")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_as_data, order="deterministic")
