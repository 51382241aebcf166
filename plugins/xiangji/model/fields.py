"""The field table: what a field is called, what it may hold, how it is explained.

A record is a frozen struct whose fields are declared with `field`. From that one declaration come
the English and Chinese keys, the reader's checks, the help in messages and handbook, and the names
in schema.org. Nothing else in the program describes a field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, StructMeta

R = TypeVar("R")


class UnreadableValue(ValueError):
    """A text does not fit its kind. `rule` names the problem; `details` fill its message."""

    def __init__(self, rule: str, **details: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


class ValueType(Struct, frozen=True):
    """What a scalar field may hold. `parse` takes the text as written and returns the value, or
    raises `UnreadableValue`.

    `pattern` (ECMA-262) and `choices` tell an editor the same before it is saved: they let through
    whatever `parse` takes in its usual forms.
    """

    name: str
    example: str
    parse: Callable[[str], Any]
    pattern: str = ""
    choices: tuple[str, ...] = ()


class Choice(Struct, frozen=True):
    """One word out of a vocabulary; the Chinese word and the English key are both accepted."""

    words: type[Word]

    @property
    def name(self) -> str:
        """The kind of value, as schemas and field lists name it."""
        return "choice"


class Reference(Struct, frozen=True):
    """The id of another record; `to` is the record's collection name in the library."""

    to: str
    name: str = "reference"


class Nested(Struct, frozen=True):
    """A record inside a record."""

    record: type[Any]
    name: str = "record"


class ListOf(Struct, frozen=True):
    """Several of a kind: a YAML list, or in a table one cell with 、 between the items."""

    item: ValueType | Choice | Reference | Nested
    name: str = "list"


AnyValueType = ValueType | Choice | Reference | Nested | ListOf


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


class Field(Struct, frozen=True):
    """One row of the field table."""

    name: str
    zh: str
    kind: AnyValueType
    help_zh: str
    help_en: str
    required: bool
    also: tuple[str, ...]
    schema: str
    private: bool
    unchecked: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key an author may write for this field."""
        return (self.name, self.zh, *self.also)

    @property
    def item(self) -> ValueType | Choice | Reference | Nested:
        """What it holds, of a list what each of its items is."""
        return self.kind.item if isinstance(self.kind, ListOf) else self.kind

    def values(self, record: Any) -> tuple[Any, ...]:
        """What a record says in it: none, one, or of a list several."""
        value = getattr(record, self.name)
        if isinstance(self.kind, ListOf):
            return tuple(value)
        return () if value is None else (value,)


def field(
    zh: str,
    kind: AnyValueType,
    help_zh: str,
    help_en: str,
    *,
    required: bool = False,
    also: Iterable[str] = (),
    schema: str = "",
    private: bool = False,
    unchecked: str = "",
    default: Any = None,
) -> Any:
    """Declare a field of a record.

    `zh` is the Chinese key, `also` are further accepted keys (other words people use for it),
    `schema` is its schema.org name where one exists, `private` marks a value that is never
    published. Texts are looked at for words of advertising, assertions and private numbers unless
    `unchecked` says why not. A field that is not required defaults to None, or to () for a list.
    """
    row = (zh, kind, help_zh, help_en, required, tuple(also), schema, private, unchecked)
    if isinstance(kind, ListOf) and default is None:
        default = ()
    return _Fact(row, required, default)


class _Fact(NamedTuple):
    """What `field` leaves in the body of a class: a row of the field table, and what stands for no value."""

    row: tuple[Any, ...]
    required: bool
    default: Any


class _RecordType(StructMeta):
    """Makes record classes: it takes the field table out of their bodies."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **how: Any
    ) -> _RecordType:
        facts = {key: each for key, each in body.items() if isinstance(each, _Fact)}
        for key, each in facts.items():
            if each.required:
                del body[key]
            else:
                body[key] = each.default
        made = super().__new__(cls, name, bases, body, **how)
        _FIELDS[made] = tuple(Field(key, *each.row) for key, each in facts.items())
        return made


_NAMES: dict[type[Any], tuple[str, str]] = {}
_FIELDS: dict[type[Any], tuple[Field, ...]] = {}
_KEYS: dict[type[Any], dict[str, Field]] = {}


class Record(Struct, metaclass=_RecordType, frozen=True):
    """A record: its fields are declared with `field`."""


def record(zh: str, en: str) -> Callable[[type[R]], type[R]]:
    """Name a record class: what messages, schemas and the handbook call one of its records."""

    def remember(record: type[R]) -> type[R]:
        _NAMES[record] = (zh, en)
        return record

    return remember


def record_name(record: type[Any]) -> tuple[str, str]:
    """What a record class is called, in Chinese and English."""
    return _NAMES.get(record, (record.__name__, record.__name__))


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """The field table of a record class, in the order of its declaration."""
    return _FIELDS.get(record, ())


_ROWS: dict[tuple[type[Any], Callable[[AnyValueType], bool]], tuple[Field, ...]] = {}


def rows_to(record: type[Any], wanted: Callable[[AnyValueType], bool]) -> tuple[Field, ...]:
    """The rows whose kind (a list's item) is `wanted`, and those of records inside that have such
    rows in turn: whoever looks for a few fields need not look at all of them in every record."""
    if (record, wanted) not in _ROWS:
        rows = fields_of(record)
        _ROWS[record, wanted] = tuple(r for r in rows if _leads_to(r.kind, wanted, (record,)))
    return _ROWS[record, wanted]


def _leads_to(
    kind: AnyValueType, wanted: Callable[[AnyValueType], bool], seen: tuple[Any, ...]
) -> bool:
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


def example_of(kind: AnyValueType) -> str:
    """A value that a kind accepts, as an author would write it."""
    if isinstance(kind, ValueType):
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
