"""What is asked of a village while something is made of it.

Whoever makes a page gets the library and the settings through here, so nobody keeps a list of what a page depends on,
and nothing can be forgotten: each question is noted, and `Answers` asks it again another day. A question is a kind and
texts: a field, an entry of a shelf, all keys of a shelf, what a method says that takes texts, a setting.
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
"""The day is asked for like any other setting; whoever knows better what it decides of a page says so."""


class QuestionLog:
    """Notes questions: for what is being made now, or else for everything that is made with the same means."""

    def __init__(self) -> None:
        self._everybody: dict[str, None] = {}
        self._now: dict[str, None] = self._everybody

    def note(self, *question: str) -> None:
        """Note one question, given word by word."""
        self._now["\0".join(question)] = None

    @contextmanager
    def made(self) -> Iterator[dict[str, None]]:
        """Something is made: its own questions, as they come."""
        own: dict[str, None] = {}
        self._now = own
        try:
            yield own
        finally:
            self._now = self._everybody

    @contextmanager
    def for_everybody(self) -> Iterator[None]:
        """What is made now is kept, and shown by whatever is made after it."""
        before, self._now = self._now, self._everybody
        try:
            yield
        finally:
            self._now = before

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """What is asked now only finds the answer to a question that was noted."""
        before, self._now = self._now, {}
        try:
            yield
        finally:
            self._now = before

    def all_of(self, own: Iterable[str]) -> list[str]:
        """Questions with those of everybody, in a fixed order."""
        return sorted({*own, *self._everybody})


class _Shelf(Mapping[str, Any]):
    """Records of a library by key."""

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
        """What a shelf knows beside its entries: asked for, and answered by nobody another day."""
        self._asked.note("shelf", self._name, name)
        return getattr(self._shelf, name)


def shelf_of(library: Library, name: str) -> Mapping[str, Any]:
    """Records by key: a field of the library, or the records of a further kind. No kind is called like a field."""
    found = getattr(library, name, None)
    return found if isinstance(found, Mapping) else library.shelf(name)


class _AskedLibrary:
    """A library that notes what it is asked."""

    __slots__ = ("_asked", "_library", "_shelves")

    def __init__(self, library: Library, asked: QuestionLog) -> None:
        self._library, self._asked = library, asked
        self._shelves: dict[str, _Shelf] = {}

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

    def _shelf(self, name: str) -> _Shelf:
        if name not in self._shelves:
            self._shelves[name] = _Shelf(name, shelf_of(self._library, name), self._asked)
        return self._shelves[name]

    def __getitem__(self, record: type[Any]) -> _Shelf:
        kind = kind_of(record)
        if kind is None:
            raise KeyError(record.__name__)
        return self._shelf(kind.name)

    def _method(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            if all(isinstance(each, str) for each in given):
                self._asked.note("method", name, *given)
                return method(*given)
            # Of a record nobody can ask again: what it looks up is noted instead.
            return getattr(type(self._library), name)(self, *given)

        return ask


class _AskedSettings:
    """Settings that note which of them are looked at."""

    __slots__ = ("_asked", "_settings")

    def __init__(self, settings: Settings, asked: QuestionLog) -> None:
        self._settings, self._asked = settings, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.note("setting", name)
        return getattr(self._settings, name)


def asked_library(library: Library, asked: QuestionLog) -> Library:
    """A library that notes in `asked` what it is asked."""
    return cast(Library, _AskedLibrary(library, asked))


def asked_settings(settings: Settings, asked: QuestionLog) -> Settings:
    """Settings that note in `asked` which of them are looked at."""
    return cast(Settings, _AskedSettings(settings, asked))


class Answers:
    """The answers of a village as it is now, each as a digest. `more` answers what is asked
    of the press."""

    def __init__(
        self, library: Library, settings: Settings, more: Callable[[str, str], Any] | None = None
    ) -> None:
        self._library, self._settings, self._more = library, settings, more
        self._known: dict[str, bytes | None] = {}

    def digest(self, questions: Iterable[str], *also: str) -> str:
        """One digest of questions and their answers, and of whatever else decides; empty where one of them can be
        answered by nobody, which is like nothing that ever was."""
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
                told = _CODE.encode(self._value(*question.split("\0")))
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


def _told(value: Any) -> Any:
    """A value of a class of ours, as data. Where something is written decides nothing of a page."""
    if isinstance(value, Origin):
        return None
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form as data")


_CODE = msgspec.msgpack.Encoder(enc_hook=_told, order="deterministic")
