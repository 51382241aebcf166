"""The field table: each field's names, value type and explanation.

A record is a frozen struct whose fields are declared with `field`. This one declaration gives the English and Chinese
keys, the reader's checks, the help in messages and handbook, and the names in schema.org. Nothing else in the program
describes a field.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, StructMeta

from xiangji.model.parsing.late_pattern import compiled

R = TypeVar("R")


class UnreadableValue(ValueError):
    """A text does not fit its value type. `rule` names the rule of the problem; `details` fill its message."""

    def __init__(self, rule: str, **details: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


class ValueType(Struct, frozen=True):
    """What a scalar field may hold.

    `parse` takes the text as written, and returns the value or raises `UnreadableValue`. `pattern` (ECMA-262) and
    `choices` let an editor check the text before it is saved. They accept every usual form that `parse` accepts.
    """

    name: str
    example: str
    parse: Callable[[str], Any]
    pattern: str = ""
    choices: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    """Usual values that an editor and the handbook offer. Any other text is accepted too."""
    offered_keys: tuple[str, ...] = ()
    """The English keys of the values in `offered`, for addresses."""
    dropped: Callable[[str], str] | None = None
    """What of a text that `parse` takes its value does not keep: an author is told."""


class Choice(Struct, frozen=True):
    """One word of a vocabulary. The Chinese word and the English key are both accepted."""

    words: type[Word]

    @property
    def name(self) -> str:
        """The name of this value type in schemas and field lists."""
        return "choice"


class Reference(Struct, frozen=True):
    """The id of another record. `to` is the name of that record's kind, which is also its collection in the library.

    In a list, the words `nobody` stand for no record, so that a list may say that it is empty.
    """

    to: str
    name: str = "reference"
    nobody: tuple[str, ...] = ()


class Nested(Struct, frozen=True):
    """A record nested in a record."""

    record: type[Any]
    name: str = "record"


class ListOf(Struct, frozen=True):
    """Several values of one type: a YAML list, or in a table one cell with 、 between the items."""

    item: ValueType | Choice | Reference | Nested
    name: str = "list"


AnyValueType = ValueType | Choice | Reference | Nested | ListOf


class Holds(Enum):
    """What a text field holds, as far as checks of wording have to know."""

    WORDS = "words"
    NUMBER = "number"
    """A number or code that somebody gave: a licence, a report, an article."""
    TELEPHONE = "telephone"
    """A way to reach somebody, which is public because it stands here."""
    ADDRESS = "address"
    """The address of a business, which the law wants in full."""
    MEASURE = "measure"
    """Measured values and amounts, in which a percentage asserts nothing."""


class Word(Enum):
    """A vocabulary. The name of a member is its English key, its value is the Chinese word that is shown."""

    def __str__(self) -> str:
        # `_value_` is quicker than `value`, and a page calls this hundreds of times.
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
    """The members of a vocabulary by all their names in lower case. If two share a name, the first wins."""
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
    holds: Holds
    measure: str
    """The measure word that pages write after a number: 户."""
    words_of: str = ""
    """The field with the people whose words a text repeats. It is published if all of them agreed to be quoted."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that an author may write for this field."""
        return (self.name, self.zh, *self.also)

    @property
    def item(self) -> ValueType | Choice | Reference | Nested:
        """The type of its value; for a list, the type of an item."""
        return self.kind.item if isinstance(self.kind, ListOf) else self.kind

    def values(self, record: Any) -> tuple[Any, ...]:
        """The values that a record has in this field, as a tuple: none, one, or for a list several."""
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
    holds: Holds = Holds.WORDS,
    measure: str = "",
    words_of: str = "",
    default: Any = None,
) -> Any:
    """Declare a field of a record.

    `zh` is the Chinese key. `also` are further accepted keys (other words that people use for it). `schema` is its
    schema.org name, if one exists. `private` marks a value that is never published. Texts are checked for advertising
    words and claims unless `unchecked` says why not, and for personal numbers always. `holds` says what the checks
    should expect in a text. `measure` is the measure word after a number. `words_of` is the field with the people
    whose words the text repeats. A field that is not required defaults to None, or to () for a list.
    """
    row = (
        zh,
        kind,
        help_zh,
        help_en,
        required,
        tuple(also),
        schema,
        private,
        unchecked,
        holds,
        measure,
        words_of,
    )
    if isinstance(kind, ListOf) and default is None:
        default = ()
    return _FieldDeclaration(row, required, default)


class _FieldDeclaration(NamedTuple):
    """The class attribute that `field` creates: a row of the field table, and the default value."""

    row: tuple[Any, ...]
    required: bool
    default: Any


class _RecordType(StructMeta):
    """The metaclass of records. It moves the field declarations from the class body into the field table."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **how: Any
    ) -> _RecordType:
        facts = {key: each for key, each in body.items() if isinstance(each, _FieldDeclaration)}
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
    """The base class of records. Their fields are declared with `field`."""


def record(zh: str, en: str) -> Callable[[type[R]], type[R]]:
    """Name a record class in Chinese and English, for messages, schemas and the handbook."""

    def remember(record: type[R]) -> type[R]:
        _NAMES[record] = (zh, en)
        return record

    return remember


def record_name(record: type[Any]) -> tuple[str, str]:
    """The names of a record class, in Chinese and English."""
    return _NAMES.get(record, (record.__name__, record.__name__))


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """The field table of a record class, in the order of declaration."""
    return _FIELDS.get(record, ())


_WANTED_ROWS: dict[tuple[type[Any], Callable[[AnyValueType], bool]], tuple[Field, ...]] = {}


def rows_to(record: type[Any], wanted: Callable[[AnyValueType], bool]) -> tuple[Field, ...]:
    """The rows of a record class whose type is `wanted`, or whose nested records have such rows.

    Of a list, the type of its items counts. The result is cached, so that a caller that looks for a few fields need
    not visit all fields of every record.
    """
    if (record, wanted) not in _WANTED_ROWS:
        rows = fields_of(record)
        _WANTED_ROWS[record, wanted] = tuple(
            r for r in rows if _leads_to(r.kind, wanted, (record,))
        )
    return _WANTED_ROWS[record, wanted]


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
    """A value that a type accepts, as an author would write it."""
    if isinstance(kind, ValueType):
        return kind.example
    if isinstance(kind, Choice):
        return str(next(iter(kind.words)))
    if isinstance(kind, ListOf):
        return example_of(kind.item)
    return "…"


def keys_of(record: type[Any]) -> dict[str, Field]:
    """The fields of a record class by every accepted key, normalised by `fold_key`."""
    if record not in _KEYS:
        _KEYS[record] = {fold_key(key): row for row in fields_of(record) for key in row.keys}
    return _KEYS[record]


@lru_cache(4096)
def fold_key(key: str) -> str:
    """A key in the form in which keys are compared: NFKC, lower case, with blanks, `-` and `_` equal."""
    return compiled(r"[\s_-]+").sub("_", unicodedata.normalize("NFKC", key).strip().lower())


def fold_digits(text: str) -> str:
    """A text in NFKC and without outer blanks: full-width digits and signs become plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


_ABSENT = frozenset(["", "~", "null", "未记录", "不详", "待补", "暂无", "未知", "没有记录"])


def is_absent(text: str) -> bool:
    """Whether a text only says that nothing is known. It then counts as not written, and a page uses its own words."""
    return text.strip() in _ABSENT
