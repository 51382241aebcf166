"""The value types: each parses a text as written, or names the rule that the text breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from xiangji.model.fields import AnyValueType, UnreadableValue, ValueType, Word, fold_digits
from xiangji.model.lookalike import plain_form
from xiangji.model.parsing.amounts import LARGEST, amount
from xiangji.model.parsing.days import (
    FIRST_YEAR,
    LAST_YEAR,
    dropped_from_day,
    dropped_from_moment,
    plain_day,
    written_day,
)
from xiangji.model.parsing.late_pattern import compiled, late_pattern
from xiangji.model.parsing.numerals import SIGNS, numeral
from xiangji.model.parsing.partial_date import Day, earliest, partial_date
from xiangji.model.parsing.telephone import is_all_numbers, telephones
from xiangji.model.parsing.units import money_named
from xiangji.model.values import Moment, Position, ShelfLife


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise UnreadableValue("value-line")
    return plain_form(text.strip())


def offered(name: str, words: type[Word]) -> ValueType:
    """A line for which a vocabulary is offered, but not forced: an English key becomes the Chinese word."""

    def parse(text: str) -> str:
        word = words.of(text)
        return _line(text) if word is None else str(word)

    several, keys = tuple(map(str, words)), tuple(each.key for each in words)
    return ValueType(name, several[0], parse, offered=several, offered_keys=keys)


def _prose(text: str) -> str:
    return text.strip("\n").rstrip()


# Windows opens a device instead of a file with such a name, whatever its ending.
_DEVICES = late_pattern(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def _identifier(text: str) -> str:
    if not compiled(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch(text) or len(text) > 60:
        raise UnreadableValue("value-id")
    if _DEVICES.fullmatch(text):
        raise UnreadableValue("value-reserved")
    return text


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "‐‑‒–—―−"), "-"
)
"""Full-width forms of ASCII, and dashes, as a keyboard for Chinese writes them."""
_WIDE_LOT = "A-Za-z0-9_Ａ-Ｚａ-ｚ０-９＿－‐‑‒–—―−-"


def _lot(text: str) -> str:
    """A lot: a conservative subset of the GS1 alphabet that is safe on every host (`standards.md` §1.2).

    Full-width letters and the long dashes of a Chinese keyboard are folded: nobody means another lot by them.
    """
    text = text if text.isascii() else text.translate(_NARROW)
    if not compiled(r"[A-Za-z0-9_-]([A-Za-z0-9._-]{0,18}[A-Za-z0-9_-])?").fullmatch(text):
        raise UnreadableValue("value-lot")
    if text.lower().endswith((".html", ".htm")):
        raise UnreadableValue("value-lot-page")
    if _DEVICES.fullmatch(text):
        raise UnreadableValue("value-reserved")
    return text


def _batch(text: str) -> str:
    """A batch key, `product/lot`."""
    product, slash, lot = fold_digits(text).partition("/")
    try:
        return f"{_identifier(product)}{slash}{_lot(lot)}"
    except UnreadableValue:
        raise UnreadableValue("value-batch") from None


def _day(text: str) -> date:
    return written_day(text).day


@lru_cache(4096)
def _partial_day(text: str) -> Day:
    """A day, or as much of it as somebody knows."""
    if plain := plain_day(text):
        return plain
    try:
        found = partial_date(text)
    except ValueError:
        raise UnreadableValue("value-date-impossible") from None
    if found is None:
        found = _whole_day(text)
    first = earliest(found)
    if first is not None and not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise UnreadableValue("value-date-far")
    return found


def _whole_day(text: str) -> date:
    """A day in full, where a part of one might be written as well."""
    try:
        return _day(text)
    except UnreadableValue as slip:
        if slip.rule != "value-date":
            raise
        raise UnreadableValue("value-partial-date") from None


def _dropped_from_part(text: str) -> str:
    """What a day, or a part of one, does not keep of a text."""
    try:
        return dropped_from_day(text)
    except UnreadableValue:
        return ""


def _moment(text: str) -> Moment:
    found = written_day(text)
    return Moment(found.day, found.time)


_LONGEST_NUMBER = 24
"""Maximum length in characters.

Python refuses to print an int of more than 4,300 digits, and no page has room for twenty.
"""


def _number(text: str) -> Decimal:
    folded = fold_digits(text)
    if len(folded) > _LONGEST_NUMBER and compiled(r"[\d,.+-]+").fullmatch(folded):
        raise UnreadableValue("value-number-large")
    if compiled(r"-?\d{1,3}(,\d{3})+(\.\d+)?").fullmatch(folded):
        folded = folded.replace(",", "")
    # Only plain digits: Decimal would also accept 1e3, 1_000 and Infinity.
    if not compiled(r"[+-]?(\d+(\.\d*)?|\.\d+)").fullmatch(folded):
        raise UnreadableValue("value-number")
    return Decimal(folded)


def _count(text: str) -> int:
    value = _number(text)
    if value != value.to_integral_value() or value < 0 or value > LARGEST:
        raise UnreadableValue("value-count")
    return int(value)


def _year(text: str) -> int:
    match = compiled(r"([0-9]{4})\s*年?").fullmatch(fold_digits(text))
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise UnreadableValue("value-year")
    return int(match[1])


_WORDS = "零〇一二两三四五六七八九十百"
"""Signs of a number in words, of days and months."""


def _days(text: str) -> int:
    match = compiled(rf"([0-9]{{1,4}}|[{_WORDS}]{{1,6}})\s*(天|日|days?|d)?").fullmatch(
        fold_digits(text).lower()
    )
    value = numeral(match[1]) if match else None
    if value is None:
        raise UnreadableValue("value-count")
    return int(value)


def _money(text: str) -> Decimal:
    """Yuan: the unit may be left out, since there is only one."""
    try:
        said = amount(compiled(r"^(?:¥|RMB|CNY|人民币)\s*").sub("", fold_digits(text)), money_named)
    except UnreadableValue as slip:
        large = slip.rule == "value-number-large"
        raise UnreadableValue(slip.rule if large else "value-money") from None
    unit = money_named(said.unit or "元")
    value = said.value * unit.scale if unit else Decimal(0)
    if value <= 0 or value != round(value, 2):
        raise UnreadableValue("value-money")
    return round(value, 2) if value.as_tuple().exponent not in (0, -1, -2) else value


_quantity = lru_cache(4096)(amount)


def _figure(text: str) -> str:
    """A figure as somebody published it: it stays as written, and an amount can be read from it."""
    _quantity(text)
    return _line(text)


_CHINA = (range(3, 54), range(73, 136))
"""The degrees north and east between which China lies."""


def _position(text: str) -> Position:
    """Degrees north and east; who writes east first means the same, since in China both cannot be mixed up."""
    match = compiled(r"(\d{1,3}(?:\.\d{1,12})?)\s*[,、;/\s]\s*(\d{1,3}(?:\.\d{1,12})?)").fullmatch(
        fold_digits(text)
    )
    if match is None:
        raise UnreadableValue("value-position")
    one, other = (round(Decimal(each), 3) for each in match.groups())
    north, east = sorted((one, other))
    if int(north) not in _CHINA[0] or int(east) not in _CHINA[1]:
        raise UnreadableValue("value-position")
    return Position(north, east)


_SHELF_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "days": 1, "day": 1, "d": 1, "weeks": 7}
_SHELF_MONTHS = {"个月": 1, "月": 1, "年": 12, "months": 1, "month": 1, "years": 12, "year": 12}
_MOST_MONTHS = 1200
"""No food keeps longer, and Python's calendar ends in the year 9999."""


_HALF_SHELF_LIVES = {
    "半年": ShelfLife(months=6),
    "一年半": ShelfLife(months=18),
    "半个月": ShelfLife(days=15),
}


def _whole(text: str) -> int:
    """A whole number, in digits or in words; 0 if it is none."""
    value = numeral(text)
    return int(value) if value is not None and value == value.to_integral_value() else 0


def _shelf_life(text: str) -> ShelfLife:
    folded = fold_digits(text).lower()
    if folded in _HALF_SHELF_LIVES:
        return _HALF_SHELF_LIVES[folded]
    match = compiled(rf"([0-9]{{1,4}}|[{_WORDS}]{{1,6}})([^0-9{_WORDS}]+)").fullmatch(folded)
    number, unit = (_whole(match[1]), match[2].strip()) if match else (0, "")
    if number and unit in _SHELF_UNITS:
        return ShelfLife(days=number * _SHELF_UNITS[unit])
    if 0 < number * _SHELF_MONTHS.get(unit, 0) <= _MOST_MONTHS:
        return ShelfLife(months=number * _SHELF_MONTHS[unit])
    raise UnreadableValue("value-shelf-life")


_YES = ("是", "有", "对", "yes", "true", "y", "1")
_NO = ("否", "无", "不", "没有", "no", "false", "n", "0")


def _flag(text: str) -> bool:
    folded = fold_digits(text).lower()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise UnreadableValue("value-flag")


def _web(text: str) -> str:
    address = text.strip()
    match = compiled(r"https?://([^\s<>\"'`{}|\\^]+)").fullmatch(address)
    if not match or "." not in match[1][1:-1]:
        raise UnreadableValue("value-web")
    return address


NUMBER_HERE = "{number}"
"""Where the number of a parcel stands in the address at which a carrier looks it up."""


def _web_form(text: str) -> str:
    before, found, behind = text.strip().partition(NUMBER_HERE)
    if not found or NUMBER_HERE in behind:
        raise UnreadableValue("value-web-form")
    _web(f"{before}0{behind}")
    return f"{before}{NUMBER_HERE}{behind}"


def _telephone(text: str) -> str:
    """One number or several, as they are said."""
    if not is_all_numbers(text):
        raise UnreadableValue("value-telephone")
    return "、".join(map(str, telephones(text)))


def _colour(text: str) -> str:
    if not compiled(r"#[0-9A-Fa-f]{6}").fullmatch(text.strip()):
        raise UnreadableValue("value-colour")
    return text.strip().upper()


def _media(text: str) -> str:
    path = text.strip().replace("\\", "/")
    if compiled(r"(file:/*)?[A-Za-z]:/").match(path):
        raise UnreadableValue("value-path-computer", better=f"media/{path.rpartition('/')[2]}")
    if (
        path.startswith("/")
        or compiled(r"[A-Za-z][\w+.-]*:").match(path)
        or ".." in path.split("/")
    ):
        raise UnreadableValue("value-path")
    return path


# Patterns for editors. A digit may be full-width, because input methods write it and the reader folds it.
_DIGIT_PATTERN = "[0-9０-９]"
_WORD_PATTERN = "[0-9０-９零〇一二三四五六七八九十]"
_DAY_PATTERN = (
    rf"^\s*(?:{_WORD_PATTERN}{{4}}\s*[-/.年－／．]\s*{_WORD_PATTERN}{{1,3}}\s*[-/.月－／．]\s*{_WORD_PATTERN}{{1,3}}\s*[日号.]?|{_DIGIT_PATTERN}{{8}})"
    r"(?:[\s日号TＴ,，(（星周礼凌清早上中正下午傍晚夜].{0,40})?$"
)
_PART_PATTERN = (
    rf"^\s*{_DIGIT_PATTERN}{{4}}\s*[-/.年－／．]\s*({_DIGIT_PATTERN}{{1,2}}\s*(月份?)?)?[上中下旬初底末]{{0,2}}\s*$"
    r"|^.*[一二三四五六七八九十正冬腊]月.*$"
)
"""A month, a year, or a day in the old calendar. The reader reports what `partial_date` does not take of it."""
_NUMBER_PATTERN = "[0-9０-９.,．，]+"
_AMOUNT_PATTERN = (
    rf"^\s*(?:总?共计?|一共|合计|总计)?\s*[:：]?\s*[{SIGNS}０-９.．]"
    rf"[{SIGNS}０-９.,．，\s+＋×xX*＊=＝()（）%A-Za-z²³\u3300-\u33ff\u4e00-\u9fff]*$"
)
_UNIT_PATTERN = "|".join((*_SHELF_UNITS, *_SHELF_MONTHS))
_SHELF_PATTERN = rf"^\s*(({_DIGIT_PATTERN}{{1,4}}|[{_WORDS}]{{1,6}})\s*({_UNIT_PATTERN})|{'|'.join(_HALF_SHELF_LIVES)})\s*$"
_PATH_PATTERN = r"^(?!\s*[/\\])(?!\s*[A-Za-z][\w+.-]*:)(?!(.*[/\\])?\s*\.\.([/\\]|\s*$)).*$"

_TELEPHONE_PATTERN = rf"^(?:{_DIGIT_PATTERN}|[\s()（）+＋－#*＃＊/、,，;；|·:：-]|转接?|分机号?|内线|[和或及]|[eE][xX][tT]\.?|[xX])+$"

LINE = ValueType("line", "立碑村", _line)
PROSE = ValueType("prose", "一段话", _prose)
ID = ValueType("id", "laziji-500", _identifier, r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$")
LOT = ValueType(
    "lot", "2026-03A", _lot, rf"^\s*[{_WIDE_LOT}]([.．{_WIDE_LOT}]{{0,18}}[{_WIDE_LOT}])?\s*$"
)
BATCH = ValueType("batch", "laziji/2026-11A", _batch)
DAY = ValueType("date", "2026-03-12", _day, _DAY_PATTERN, dropped=dropped_from_day)
PARTIAL_DAY = ValueType(
    "partial-date",
    "2026-03-12",
    _partial_day,
    f"{_DAY_PATTERN}|{_PART_PATTERN}",
    dropped=_dropped_from_part,
)
"""A day, or a part of it where nobody knows more."""
MOMENT = ValueType("moment", "2026-03-12 07:30", _moment, _DAY_PATTERN, dropped=dropped_from_moment)
COUNT = ValueType("count", "31", _count, rf"^\s*[+＋-]?{_NUMBER_PATTERN}\s*$")
HEADCOUNT = ValueType("count", "31", _count, COUNT.pattern)
"""A number of people or households. A small one is not told (`model.headcount`)."""
YEAR = ValueType("year", "2017", _year, rf"^\s*{_DIGIT_PATTERN}{{4}}\s*年?\s*$")
NUMBER = ValueType("number", "31.5", _number, rf"^\s*[+＋－-]?{_NUMBER_PATTERN}\s*$")
DAYS = ValueType(
    "days",
    "7 天",
    _days,
    rf"^\s*({_DIGIT_PATTERN}{{1,4}}|[{_WORDS}]{{1,6}})\s*([天日dD]|[dD][aA][yY][sS]?)?\s*$",
)
MONEY = ValueType("money", "58", _money, rf"^\s*(?:[¥￥]|RMB|CNY|人民币)?{_AMOUNT_PATTERN[1:]}")
QUANTITY = ValueType("quantity", "220 只", _quantity, _AMOUNT_PATTERN)
FIGURE = ValueType("figure", "573.2 万家", _figure, _AMOUNT_PATTERN)
POSITION = ValueType(
    "position",
    "27.12, 106.75",
    _position,
    rf"^\s*{_DIGIT_PATTERN}{{1,3}}([.．]{_DIGIT_PATTERN}+)?\s*[,，、;；/\s]\s*{_DIGIT_PATTERN}{{1,3}}([.．]{_DIGIT_PATTERN}+)?\s*$",
)
SHELF_LIFE = ValueType("shelf-life", "12个月", _shelf_life, _SHELF_PATTERN)
FLAG = ValueType("flag", "是", _flag, choices=(*_YES, *_NO))
WEB = ValueType("web", "https://example.cn/", _web, r"^\s*https?://[^\s<>\"'`{}|\\^]+\s*$")
WEB_FORM = ValueType(
    "web-form",
    "https://example.cn/?n={number}",
    _web_form,
    r"^\s*https?://[^\s<>\"'`{}|\\^]*\{number\}[^\s<>\"'`{}|\\^]*\s*$",
)
TELEPHONE = ValueType("telephone", "0851-00000000", _telephone, _TELEPHONE_PATTERN)
COLOUR = ValueType("colour", "#A3211B", _colour, r"^\s*#[0-9A-Fa-f]{6}\s*$")
MEDIA = ValueType("media", "media/picture.jpg", _media, _PATH_PATTERN)
PAPER = ValueType("paper", "media/baogao.pdf", _media, _PATH_PATTERN)
"""A report or certificate: a picture or PDF that a page links to and does not show."""
AUDIO = ValueType("audio", "media/k01.mp3", _media, _PATH_PATTERN)
CAPTIONS = ValueType("captions", "media/k01.vtt", _media, _PATH_PATTERN)


def is_file(kind: AnyValueType) -> bool:
    """Whether a value of this type names a file beside the record."""
    return kind is MEDIA or kind is AUDIO or kind is CAPTIONS
