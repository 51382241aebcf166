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
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xiangji.records.values import Moment, Quantity, ShelfLife

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
    raises `Unreadable`."""

    name: str
    example: str
    parse: Callable[[str], Any]


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
        return str(self.value)

    @property
    def key(self) -> str:
        """The English key, for class names, data files and URLs."""
        return self.name.lower()

    @classmethod
    def of(cls, text: str) -> Word | None:
        """The member that `text` names in either language, or None."""
        wanted = text.strip().lower()
        for member in cls:
            if wanted in (member.value.lower(), member.key, member.key.replace("_", "-")):
                return member
        return None


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


_FIELDS: dict[type[Any], tuple[Field, ...]] = {}
_KEYS: dict[type[Any], dict[str, Field]] = {}


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """The field table of a record class, in the order of its declaration."""
    if record not in _FIELDS:
        _FIELDS[record] = tuple(
            Field(item.name, *item.metadata[_KEY])
            for item in dataclasses.fields(record)
            if _KEY in item.metadata
        )
    return _FIELDS[record]


def keys_of(record: type[Any]) -> dict[str, Field]:
    """Every accepted key of a record class, normalised by `fold_key`, with its field."""
    if record not in _KEYS:
        _KEYS[record] = {fold_key(key): row for row in fields_of(record) for key in row.keys}
    return _KEYS[record]


def fold_key(key: str) -> str:
    """A key as it is compared: full-width letters and blanks folded, case and - _ ignored."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", key).strip().lower())


def fold_digits(text: str) -> str:
    """Full-width digits and signs as their plain forms; everything else as written."""
    return unicodedata.normalize("NFKC", text).strip()


# --- kinds -----------------------------------------------------------------------------------


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise Unreadable("value-line")
    return text.strip()


def _prose(text: str) -> str:
    return text.strip("\n").rstrip()


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 60:
        raise Unreadable("value-id")
    return text


def _lot(text: str) -> str:
    """`standards.md` §1.2: a conservative subset of the GS1 lot alphabet, safe on every host."""
    if not re.fullmatch(r"[A-Za-z0-9_-]([A-Za-z0-9._-]{0,18}[A-Za-z0-9_-])?", text):
        raise Unreadable("value-lot")
    return text


_DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")


def _day(text: str) -> date:
    match = _DAY.fullmatch(fold_digits(text))
    if not match:
        raise Unreadable("value-date")
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise Unreadable("value-date-impossible") from None


def _moment(text: str) -> Moment:
    folded = fold_digits(text)
    # Bounded blanks: the search stays linear on hostile text.
    match = re.fullmatch(r"(.*?\d\s?日?)[T\s]\s{0,9}(\d{1,2}):(\d{2})", folded)
    if not match:
        return Moment(_day(folded))
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise Unreadable("value-date")
    return Moment(_day(match[1]), f"{hour:02}:{minute:02}")


def _number(text: str) -> Decimal:
    folded = fold_digits(text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", folded):
        folded = folded.replace(",", "")
    # Plain digits only: Decimal would also take 1e3, 1_000 and Infinity.
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", folded):
        raise Unreadable("value-number")
    return Decimal(folded)


def _count(text: str) -> int:
    value = _number(text)
    if value != value.to_integral_value() or value < 0 or value > 10**12:
        raise Unreadable("value-count")
    return int(value)


def _money(text: str) -> Decimal:
    value = _number(fold_digits(text).removeprefix("¥").removesuffix("元"))
    if value <= 0 or value.as_tuple().exponent not in (0, -1, -2):
        raise Unreadable("value-money")
    return value


def _quantity(text: str) -> Quantity:
    match = re.fullmatch(r"([\d,.]+)\s*([^\d,.\s]\S{0,7})?", fold_digits(text))
    if not match:
        raise Unreadable("value-quantity")
    value = _number(match[1])
    if value > 10**12:
        raise Unreadable("value-quantity")
    return Quantity(value, match[2] or "")


_SHELF_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "days": 1, "day": 1, "d": 1, "weeks": 7}
_SHELF_MONTHS = {"个月": 1, "月": 1, "年": 12, "months": 1, "month": 1, "years": 12, "year": 12}
_MOST_MONTHS = 1200
"""Nothing keeps longer, and the computer's calendar ends in the year 9999."""


def _shelf_life(text: str) -> ShelfLife:
    match = re.fullmatch(r"(\d{1,4})(\D+)", fold_digits(text).lower())
    number, unit = (int(match[1]), match[2].strip()) if match else (0, "")
    if number and unit in _SHELF_UNITS:
        return ShelfLife(days=number * _SHELF_UNITS[unit])
    if 0 < number * _SHELF_MONTHS.get(unit, 0) <= _MOST_MONTHS:
        return ShelfLife(months=number * _SHELF_MONTHS[unit])
    raise Unreadable("value-shelf-life")


_YES = {"是", "有", "对", "yes", "true", "y", "1"}
_NO = {"否", "无", "不", "没有", "no", "false", "n", "0"}


def _flag(text: str) -> bool:
    folded = fold_digits(text).lower()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise Unreadable("value-flag")


def _web(text: str) -> str:
    address = text.strip()
    match = re.fullmatch(r"https?://([^\s<>\"'`{}|\\^]+)", address)
    if not match or "." not in match[1][1:-1]:
        raise Unreadable("value-web")
    return address


def _telephone(text: str) -> str:
    folded = re.sub(r"[\s()-]", "", fold_digits(text))
    if not re.fullmatch(r"\+?\d{5,15}", folded):
        raise Unreadable("value-telephone")
    return fold_digits(text)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text.strip()):
        raise Unreadable("value-colour")
    return text.strip().upper()


def _media(text: str) -> str:
    path = text.strip().replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", path) or ".." in path.split("/"):
        raise Unreadable("value-path")
    return path


LINE = Kind("line", "立碑村", _line)
PROSE = Kind("prose", "一段话", _prose)
ID = Kind("id", "laziji-500", _identifier)
LOT = Kind("lot", "2026-03A", _lot)
DAY = Kind("date", "2026-03-12", _day)
MOMENT = Kind("moment", "2026-03-12 07:30", _moment)
COUNT = Kind("count", "31", _count)
MONEY = Kind("money", "58", _money)
QUANTITY = Kind("quantity", "220 只", _quantity)
SHELF_LIFE = Kind("shelf-life", "12个月", _shelf_life)
FLAG = Kind("flag", "是", _flag)
WEB = Kind("web", "https://example.cn/", _web)
TELEPHONE = Kind("telephone", "0851-00000000", _telephone)
COLOUR = Kind("colour", "#A3211B", _colour)
MEDIA = Kind("media", "media/picture.jpg", _media)
