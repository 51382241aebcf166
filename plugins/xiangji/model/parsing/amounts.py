"""Parses amounts as people write them: a number with a unit, or a sum or product of such terms.

1.2万瓶 is 12000 瓶, 120瓶+3瓶 is 123 瓶, 2箱×24罐 is 48 罐, 两瓶半 is 2.5 瓶. A text with several possible meanings, or
with an approximate number (约, 十几, 180—200), is refused, because amounts are printed and added up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from xiangji.model.fields import UnreadableValue
from xiangji.model.parsing.late_pattern import compiled, late_pattern
from xiangji.model.parsing.numerals import SIGNS, numeral
from xiangji.model.parsing.units import Dimension, Unit, holding, unit_named
from xiangji.model.values import Quantity

UnitOf = Callable[[str], Unit | None]

LARGEST = 10**12
_ROOM = 60
"""The longest amount, in characters. A longer text is a sentence."""
_PLACES = 6
"""Decimal places of a converted amount. Some units are no round multiple of others."""
_LONGEST = 24
"""The most digits of a number. Python refuses to print integers of more than 4,300 digits."""

_UNSURE = late_pattern(
    r"约|大概|大致|差不多|左右|上下|以上|以下|以内|不到|不足|将近|接近|至少|最多|最少|超过|估计|好几|若干|些|[几多余来数近][^\d]?"
    r"|[~≈±<>≥≤?]|\d\s*(?:[-–—―]+|至|到)\s*\d|一两[百千万个]|[一二两三四五六七八九]{2}[十百千万]"
)
_BEFORE = late_pattern(r"^(?:总?共计?|一共|合计|总计)\s*[:：]?\s*")
_TIMES = late_pattern(rf"\s*(?:[×*✕✖╳]|乘以?|(?<![A-Za-z])[xX](?=\s*[{SIGNS}]))\s*")
_PLUS = late_pattern(r"\s*(?:\+|加(?!仑)|和)\s*")
_RUN = late_pattern(rf"[{SIGNS}.][{SIGNS}.,\s]*")
_UNIT = late_pattern(
    rf"(?:c|d|m|h)?m[23]|[A-Za-z%]{{1,8}}|千[克米]|市?两|(?:(?![{SIGNS}])[\u4e00-\u9fff]){{1,8}}"
)


def amount(text: str, unit_of: UnitOf = unit_named) -> Quantity:
    """Parse an amount. `unit_of` returns the unit for a word, or None.

    Raises `UnreadableValue` if the text is no certain amount.
    """
    folded = _BEFORE.sub("", unicodedata.normalize("NFKC", text).strip()).removesuffix("整")
    if compiled(rf"\d{{{_LONGEST + 1},}}").search(compiled("[,. ]").sub("", folded)):
        raise UnreadableValue("value-number-large")
    if len(folded) > _ROOM:
        raise UnreadableValue("value-quantity")
    if compiled(r"\d[eE][+-]?\d").search(folded):  # A spreadsheet rounds a long number to 1.2E+05.
        raise UnreadableValue("value-quantity")
    if _UNSURE.search(folded):
        raise UnreadableValue("value-quantity-unsure")
    sides = [_bracketed(each, unit_of) for each in folded.split("=")]
    if any((each.value, each.measure) != (sides[0].value, sides[0].measure) for each in sides):
        raise UnreadableValue("value-quantity-mixed")
    if sides[-1].value > LARGEST:
        raise UnreadableValue("value-number-large")
    return sides[-1]


def _bracketed(text: str, unit_of: UnitOf) -> Quantity:
    """Parse an amount with its parts in brackets: 200 克（5×40 克）. Both have to be the same amount."""
    match = compiled(r"([^()]+)\(([^()]+)\)").fullmatch(text.strip())
    if match is None:
        return _sum(text, unit_of)
    whole, parts = _sum(match[1], unit_of), _sum(match[2], unit_of)
    if parts.unit != whole.unit:
        parts = _converted(parts, whole.unit, unit_of)
    if parts.value != whole.value:
        raise UnreadableValue("value-quantity-mixed")
    return replace(whole, parts=_spaced(match[2]), reckoned=True)


def _spaced(text: str) -> str:
    return compiled(r"(?<=\d)\s*(?=[A-Za-z\u4e00-\u9fff])").sub(" ", _TIMES.sub("×", text.strip()))


def _sum(text: str, unit_of: UnitOf) -> Quantity:
    """Parse a sum of terms in one unit, or in units that convert into each other.

    A term without a unit takes the unit of the first term that has one: 120+3 瓶.
    """
    terms = [_product(each, unit_of) for each in _PLUS.split(text)]
    if len(terms) == 1:
        return terms[0]
    unit = next((each.unit for each in terms if each.unit), "")
    total = sum((_converted(each, unit, unit_of).value for each in terms), Decimal(0))
    return Quantity(total, unit, reckoned=True)


def _converted(term: Quantity, unit: str, unit_of: UnitOf) -> Quantity:
    """Convert a term into another unit. Raises `UnreadableValue` if the units have no common dimension."""
    here, there = unit_of(term.unit), unit_of(unit)
    if not term.unit or term.unit == unit or (here and here == there):
        return Quantity(term.value, unit)
    if here is None or there is None or here.dimension is not there.dimension:
        raise UnreadableValue("value-quantity-mixed")
    if here.dimension is Dimension.COUNT:
        raise UnreadableValue("value-quantity-mixed")
    return Quantity(round(term.value * here.scale / there.scale, _PLACES).normalize(), unit)


def _product(text: str, unit_of: UnitOf) -> Quantity:
    """Parse a product. The result has the innermost unit: 2 箱×24 罐 is 48 罐, 5×40 克 is 200 克."""
    factors = [_single(each, unit_of) for each in _TIMES.split(text)]
    if len(factors) == 1:
        return factors[0]
    units = [each.unit for each in factors if each.unit]
    unit = _counted_in(units, [unit_of(each) for each in units])
    # In 2 箱×24 the unit of the 24 is unknown.
    if holding(unit) and not all(each.unit for each in factors[1:]):
        raise UnreadableValue("value-quantity-mixed")
    value = Decimal(1)
    for each in factors:
        value *= each.value
    known = unit_of(unit)
    weighed = known is not None and known.dimension is not Dimension.COUNT
    return Quantity(value, unit, parts=_spaced(text) if weighed else "", reckoned=True)


def _counted_in(units: list[str], known: list[Unit | None]) -> str:
    """The unit of a product of factors: the only unit, or the one that all others are packages of."""
    if len(units) < 2:
        return "".join(units)
    if any(each is not None and each.dimension is not Dimension.COUNT for each in known):
        raise UnreadableValue("value-quantity-mixed")
    inner = sorted(units, key=holding)
    if holding(inner[0]) == holding(inner[1]):
        raise UnreadableValue("value-quantity-mixed")
    return inner[0]


def _single(text: str, unit_of: UnitOf) -> Quantity:
    """Parse a number with its unit, possibly followed by a half (两瓶半) or by smaller units (3 斤 2 两)."""
    half = compiled(rf"(.*[^{SIGNS}.,\s])半").fullmatch(text.strip())
    pieces = _pieces(half[1] if half else text.strip())
    if half:
        value, unit = pieces[-1]
        pieces[-1] = value + Decimal("0.5"), unit
    (value, unit), *further = pieces
    for more, smaller in further:
        here, last = unit_of(smaller), unit_of(unit)
        if not here or not last or here.scale >= last.scale:
            raise UnreadableValue("value-quantity-mixed")
        value += _converted(Quantity(more, smaller), unit, unit_of).value
    return Quantity(value, _lettered(unit), reckoned=bool(further))


def _pieces(text: str) -> list[tuple[Decimal, str]]:
    """Split a text into numbers, each with the unit that follows it."""
    found: list[tuple[Decimal, str]] = []
    while text or not found:
        value, rest = _number_in(text)
        word = _UNIT.match(rest)
        found.append((value, word[0] if word else ""))
        text = rest[word.end() :].strip() if word else rest
        if text and not word:
            raise UnreadableValue("value-quantity")
    if len(found) > 1 and not all(unit for _, unit in found):
        raise UnreadableValue("value-quantity")
    return found


def _number_in(text: str) -> tuple[Decimal, str]:
    """The longest number at the start of a text, and the rest. In 3 千克 the number is 3, because 千克 is a unit."""
    run = _RUN.match(text)
    for end in range(run.end() if run else 0, 0, -1):
        rest = text[end:].strip()
        if (text[end - 1] == "千" and rest[:1] in ("克", "米")) or text[end - 1].isspace():
            continue
        value = numeral(text[:end])
        if value is not None and (not rest or _UNIT.match(rest)):
            return value, rest
    raise UnreadableValue("value-quantity")


_LETTERS = {
    "kg": "kg",
    "g": "g",
    "mg": "mg",
    "ml": "mL",
    "l": "L",
    "m": "m",
    "cm": "cm",
    "mm": "mm",
}


def _lettered(unit: str) -> str:
    """The lawful spelling of a unit's symbol: KG becomes kg, m2 becomes m². Both ml and mL are lawful."""
    if unit[-1:] in ("2", "3"):
        return unit.replace("2", "²").replace("3", "³")
    known = _LETTERS.get(unit.lower())
    return unit if known is None or unit == unit.lower() or unit == known else known
