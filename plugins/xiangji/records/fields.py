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
from typing import Any, TypeVar

from xiangji.records.values import Moment, Quantity, ShelfLife

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


_NAMES: dict[type[Any], tuple[str, str]] = {}
_FIELDS: dict[type[Any], tuple[Field, ...]] = {}
_KEYS: dict[type[Any], dict[str, Field]] = {}


def called(zh: str, en: str) -> Callable[[type[R]], type[R]]:
    """Name a record class: what messages, schemas and the handbook call one of its records.

    It stands above `@dataclass`, because slots make a class anew.
    """

    def remember(record: type[R]) -> type[R]:
        _NAMES[record] = (zh, en)
        return record

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


# --- kinds -----------------------------------------------------------------------------------


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise Unreadable("value-line")
    return text.strip()


def _prose(text: str) -> str:
    return text.strip("\n").rstrip()


# Windows opens a device instead of a folder of such a name, with any ending.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 60:
        raise Unreadable("value-id")
    if _DEVICES.fullmatch(text):
        raise Unreadable("value-reserved")
    return text


def _lot(text: str) -> str:
    """`standards.md` §1.2: a conservative subset of the GS1 lot alphabet, safe on every host."""
    if not re.fullmatch(r"[A-Za-z0-9_-]([A-Za-z0-9._-]{0,18}[A-Za-z0-9_-])?", text):
        raise Unreadable("value-lot")
    if _DEVICES.fullmatch(text):
        raise Unreadable("value-reserved")
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


def _days(text: str) -> int:
    match = re.fullmatch(r"([0-9]{1,4})\s*(天|日|days?|d)?", fold_digits(text).lower())
    if not match:
        raise Unreadable("value-count")
    return int(match[1])


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


_DIGITS = "一二三四五六七八九"
_HALVES = {
    "半年": ShelfLife(months=6),
    "一年半": ShelfLife(months=18),
    "半个月": ShelfLife(days=15),
}


def _counted(text: str) -> int:
    """A number in digits, or in Chinese words up to 99; 0 if it is neither."""
    if text.isdigit():
        return int(text)
    match = re.fullmatch(rf"(?:([{_DIGITS}])?(十))?([{_DIGITS}])?", text.replace("两", "二"))
    if not match:
        return 0
    tens = (_DIGITS.index(match[1]) + 1 if match[1] else 1) if match[2] else 0
    return tens * 10 + (_DIGITS.index(match[3]) + 1 if match[3] else 0)


def _shelf_life(text: str) -> ShelfLife:
    folded = fold_digits(text).lower()
    if folded in _HALVES:
        return _HALVES[folded]
    match = re.fullmatch(rf"([0-9]{{1,4}}|[{_DIGITS}十两]{{1,3}})(\D+)", folded)
    number, unit = (_counted(match[1]), match[2].strip()) if match else (0, "")
    if number and unit in _SHELF_UNITS:
        return ShelfLife(days=number * _SHELF_UNITS[unit])
    if 0 < number * _SHELF_MONTHS.get(unit, 0) <= _MOST_MONTHS:
        return ShelfLife(months=number * _SHELF_MONTHS[unit])
    raise Unreadable("value-shelf-life")


_YES = ("是", "有", "对", "yes", "true", "y", "1")
_NO = ("否", "无", "不", "没有", "no", "false", "n", "0")


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
    if re.match(r"(file:/*)?[A-Za-z]:/", path):
        raise Unreadable("value-path-computer", better=f"media/{path.rpartition('/')[2]}")
    if path.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", path) or ".." in path.split("/"):
        raise Unreadable("value-path")
    return path


# Patterns for editors. A digit may be full-width: an input method writes it, the reader folds it.
_D = "[0-9０-９]"
_DAY_PATTERN = rf"\s*{_D}{{4}}\s*[-/.年－／．]\s*{_D}{{1,2}}\s*[-/.月－／．]\s*{_D}{{1,2}}\s*日?\s*"
_TIME_PATTERN = rf"[Tｔ\s]\s*{_D}{{1,2}}[:：]{_D}{{2}}\s*"
_NUMBER_PATTERN = "[0-9０-９.,．，]+"
_UNIT_PATTERN = "|".join((*_SHELF_UNITS, *_SHELF_MONTHS))
_SHELF_PATTERN = (
    rf"^\s*(({_D}{{1,4}}|[{_DIGITS}十两]{{1,3}})\s*({_UNIT_PATTERN})|{'|'.join(_HALVES)})\s*$"
)
_PATH_PATTERN = r"^(?!\s*[/\\])(?!\s*[A-Za-z][\w+.-]*:)(?!(.*[/\\])?\s*\.\.([/\\]|\s*$)).*$"

LINE = Kind("line", "立碑村", _line)
PROSE = Kind("prose", "一段话", _prose)
ID = Kind("id", "laziji-500", _identifier, r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$")
LOT = Kind("lot", "2026-03A", _lot, r"^\s*[A-Za-z0-9_-]([A-Za-z0-9._-]{0,18}[A-Za-z0-9_-])?\s*$")
DAY = Kind("date", "2026-03-12", _day, f"^{_DAY_PATTERN}$")
MOMENT = Kind("moment", "2026-03-12 07:30", _moment, f"^{_DAY_PATTERN}({_TIME_PATTERN})?$")
COUNT = Kind("count", "31", _count, rf"^\s*[+＋-]?{_NUMBER_PATTERN}\s*$")
DAYS = Kind("days", "7 天", _days, rf"^\s*{_D}{{1,4}}\s*([天日dD]|[dD][aA][yY][sS]?)?\s*$")
MONEY = Kind("money", "58", _money, rf"^\s*[¥￥]?\s*[+＋]?{_NUMBER_PATTERN}\s*元?\s*$")
QUANTITY = Kind(
    "quantity", "220 只", _quantity, rf"^\s*{_NUMBER_PATTERN}\s*([^0-9,.\s]\S{{0,7}})?\s*$"
)
SHELF_LIFE = Kind("shelf-life", "12个月", _shelf_life, _SHELF_PATTERN)
FLAG = Kind("flag", "是", _flag, choices=(*_YES, *_NO))
WEB = Kind("web", "https://example.cn/", _web, r"^\s*https?://[^\s<>\"'`{}|\\^]+\s*$")
TELEPHONE = Kind("telephone", "0851-00000000", _telephone, rf"^\s*[+＋]?(?:{_D}|[\s()（）－-])+$")
COLOUR = Kind("colour", "#A3211B", _colour, r"^\s*#[0-9A-Fa-f]{6}\s*$")
MEDIA = Kind("media", "media/picture.jpg", _media, _PATH_PATTERN)
AUDIO = Kind("audio", "media/k01.mp3", _media, _PATH_PATTERN)
CAPTIONS = Kind("captions", "media/k01.vtt", _media, _PATH_PATTERN)
