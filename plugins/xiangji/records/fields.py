"""The field table: what a field is called, what it may hold, how it is explained.

A record is a frozen dataclass whose fields are declared with `fact`. From that one declaration come
the English and Chinese keys, the reader's checks, the help in messages and handbook, and the names
in schema.org. Nothing else in the program describes a field.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar

from xiangji.frozen import dataclass
from xiangji.records.packing import packed_quickly

R = TypeVar("R")

_KEY = "xiangji"


class Unreadable(ValueError):
    """A text does not fit its kind. `rule` names the problem; `details` fill its message."""

    def __init__(self, rule: str, **details: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


@dataclass(frozen=True, slots=True)
class Kind:
    """What a scalar field may hold. `parse` takes the text as written and returns the value, or
    raises `Unreadable`.

    `pattern` (ECMA-262) and `choices` tell an editor the same before it is saved: they let through
    whatever `parse` takes in its usual forms.
    """

    name: str
    example: str
    parse: Callable[[str], Any]
    pattern: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of a vocabulary; the Chinese word and the English key are both accepted."""

    words: type[Word]

    @property
    def name(self) -> str:
        return "choice"


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another record; `to` is the record's collection name in the library."""

    to: str
    name: str = "reference"


@dataclass(frozen=True, slots=True)
class Nested:
    """A record inside a record."""

    record: type[Any]
    name: str = "record"


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several of a kind: a YAML list, or in a table one cell with 、 between the items."""

    item: Kind | Choice | Reference | Nested
    name: str = "list"


AnyKind = Kind | Choice | Reference | Nested | ListOf


class Word(Enum):
    """A vocabulary. The member name is the English key, the value is the Chinese word shown."""

    def __str__(self) -> str:
        # Without the detour over `value`: a page asks hundreds of times.
        return str(self._value_)

    @property
    def key(self) -> str:
        """The English key, for class names, data files and URLs."""
        return self._name_.lower()

    @classmethod
    def of(cls, text: str) -> Word | None:
        """The member that `text` names in either language, or None."""
        return _named(cls).get(text.strip().lower())


@cache
def _named(words: type[Word]) -> dict[str, Word]:
    """The members of a vocabulary by every name in lower case; of two by one name, the first."""
    found: dict[str, Word] = {}
    for member in words:
        for name in (str(member).lower(), member.key, member.key.replace("_", "-")):
            found.setdefault(name, member)
    return found


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the field table."""

    name: str
    zh: str
    kind: AnyKind
    help_zh: str
    help_en: str
    required: bool
    also: tuple[str, ...]
    schema: str
    private: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key an author may write for this field."""
        return (self.name, self.zh, *self.also)


def fact(
    zh: str,
    kind: AnyKind,
    help_zh: str,
    help_en: str,
    *,
    required: bool = False,
    also: Iterable[str] = (),
    schema: str = "",
    private: bool = False,
    default: Any = None,
) -> Any:
    """Declare a field of a record.

    `zh` is the Chinese key, `also` are further accepted keys (other words people use for it),
    `schema` is its schema.org name where one exists, `private` marks a value that is never
    published. A field that is not required defaults to None, or to () for a list.
    """
    row = (zh, kind, help_zh, help_en, required, tuple(also), schema, private)
    if required:
        return dataclasses.field(metadata={_KEY: row})
    if isinstance(kind, ListOf) and default is None:
        default = ()
    return dataclasses.field(default=default, metadata={_KEY: row})


_NAMES: dict[type[Any], tuple[str, str]] = {}
_FIELDS: dict[type[Any], tuple[Field, ...]] = {}
_KEYS: dict[type[Any], dict[str, Field]] = {}


def called(zh: str, en: str) -> Callable[[type[R]], type[R]]:
    """Name a record class: what messages, schemas and the handbook call one of its records.

    It stands above `@dataclass`, because slots make a class anew.
    """

    def remember(record: type[R]) -> type[R]:
        _NAMES[record] = (zh, en)
        return packed_quickly(record) if len(record.__slots__) > 1 else record  # type: ignore[attr-defined]

    return remember


def record_name(record: type[Any]) -> tuple[str, str]:
    """What a record class is called, in Chinese and English."""
    return _NAMES.get(record, (record.__name__, record.__name__))


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """The field table of a record class, in the order of its declaration."""
    if record not in _FIELDS:
        _FIELDS[record] = tuple(
            Field(item.name, *item.metadata[_KEY])
            for item in dataclasses.fields(record)
            if _KEY in item.metadata
        )
    return _FIELDS[record]


_ROWS: dict[tuple[type[Any], Callable[[AnyKind], bool]], tuple[Field, ...]] = {}


def rows_to(record: type[Any], wanted: Callable[[AnyKind], bool]) -> tuple[Field, ...]:
    """The rows whose kind (a list's item) is `wanted`, and those of records inside that have such
    rows in turn: whoever looks for a few fields need not look at all of them in every record."""
    if (record, wanted) not in _ROWS:
        rows = fields_of(record)
        _ROWS[record, wanted] = tuple(r for r in rows if _leads_to(r.kind, wanted, (record,)))
    return _ROWS[record, wanted]


def _leads_to(kind: AnyKind, wanted: Callable[[AnyKind], bool], seen: tuple[Any, ...]) -> bool:
    item = kind.item if isinstance(kind, ListOf) else kind
    if wanted(item):
        return True
    if not isinstance(item, Nested) or item.record in seen:
        return False
    rows = fields_of(item.record)
    return any(_leads_to(row.kind, wanted, (*seen, item.record)) for row in rows)


def label(record: type[Any], name: str) -> str:
    """The Chinese key of field `name`, for a message about its value."""
    return next(row.zh for row in fields_of(record) if row.name == name)


def example_of(kind: AnyKind) -> str:
    """A value that a kind accepts, as an author would write it."""
    if isinstance(kind, Kind):
        return kind.example
    if isinstance(kind, Choice):
        return str(next(iter(kind.words)))
    if isinstance(kind, ListOf):
        return example_of(kind.item)
    return "…"


def keys_of(record: type[Any]) -> dict[str, Field]:
    """Every accepted key of a record class, normalised by `fold_key`, with its field."""
    if record not in _KEYS:
        _KEYS[record] = {fold_key(key): row for row in fields_of(record) for key in row.keys}
    return _KEYS[record]


@lru_cache(4096)
def fold_key(key: str) -> str:
    """A key as it is compared: full-width letters and blanks folded, case and - _ ignored."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", key).strip().lower())


def fold_digits(text: str) -> str:
    """Full-width digits and signs as their plain forms; everything else as written."""
    return unicodedata.normalize("NFKC", text).strip()


_ABSENT = frozenset(["", "~", "null", "未记录", "不详", "待补", "暂无", "未知", "没有记录"])


def is_absent(text: str) -> bool:
    """Whether a text only says that there is nothing: it counts as not written, so that a page
    says so in its own words."""
    return text.strip() in _ABSENT
