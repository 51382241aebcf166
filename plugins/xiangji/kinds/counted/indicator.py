"""Declares 指标 (what came of the work, as numbers that anybody can follow): `village/indicators.yml`.

A number is counted from our own records (`computed.py`), or typed with who counted it and where it is written. What
nobody measured is shown as 未测.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from xiangji.kinds.counted.computed import COUNTERS, Computed, YearCount, counts
from xiangji.model.fields import (
    Choice,
    ListOf,
    Nested,
    Record,
    UnreadableValue,
    ValueType,
    Word,
    field,
    fold_digits,
    record,
)
from xiangji.model.fields import Reference as Ref
from xiangji.model.headcount import BELOW, FEW, withheld
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    SOURCES,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.parsing.days import FIRST_YEAR, LAST_YEAR
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import COUNT, FLAG, HEADCOUNT, LINE, NUMBER, PROSE
from xiangji.model.vocabularies import ConsentUse, Visibility
from xiangji.problems import Problem, problem
from xiangji.records.person import VOICES, Utterance


class Sphere(Word):
    """The four classes of indicators. The papers name the first three, and one asks for the fourth."""

    ECONOMY = "经济"
    SOCIETY = "社会"
    ENVIRONMENT = "环境"
    CULTURE = "文化"


def _year(text: str) -> int:
    digits = fold_digits(text).removesuffix("年").strip()
    if not (digits.isascii() and digits.isdigit() and FIRST_YEAR <= int(digits) <= LAST_YEAR):
        raise UnreadableValue("value-year")
    return int(digits)


YEAR = ValueType("year", "2026", _year, r"^\s*[0-9０-９]{4}\s*年?\s*$")


@record("数值", "The value")
class Measured(Record, frozen=True, kw_only=True):
    """What was measured for one year, by whom, and where it is written. Without a value, it says that nobody measured."""

    year: int = field("哪年", YEAR, "哪一年的，写年份", "the year", required=True, measure="年")
    value: Decimal | None = field("数", NUMBER, "多少；没测就不写", "the number, if measured")
    withheld: bool = field(
        "不写出来",
        FLAG,
        "数目不到 5、不想写出来的写“是”，数就不用写",
        "yes for a number that is too small to be told",
        default=False,
    )
    counted_by: str | None = field(
        "谁数的", LINE, "哪个单位、什么岗位，不写人名", "which body or office counted, no name"
    )
    sample_size: int | None = field(
        "问了几人", HEADCOUNT, "打分的写问了几个人", "how many were asked", measure="人"
    )
    source: str | None = field("出处", Ref("sources"), "来源的编号", "a source id", also=["来源"])
    origin: Origin = NOWHERE


@record("指标的目标", "The aim")
class Aim(Record, frozen=True, kw_only=True):
    """Which number is wanted by which year."""

    year: int = field("哪年", YEAR, "到哪一年", "by which year", required=True, measure="年")
    value: Decimal = field("数", NUMBER, "要到多少", "the number", required=True)
    origin: Origin = NOWHERE


@record("指标", "The indicator")
class Indicator(Record, frozen=True, kw_only=True):
    """One indicator: what is counted, how, and what was counted for each year."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "数的是什么", "its name", required=True, schema="name", also=["指标", "标题"]
    )
    sphere: Sphere = field(
        "类别", Choice(Sphere), "经济、社会、环境、文化", "which class", required=True
    )
    definition: str | None = field(
        "定义", PROSE, "算什么，不算什么", "what counts and what does not", schema="description"
    )
    unit: str | None = field("单位", LINE, "户、公斤、元……", "its unit", schema="unitText")
    method: str | None = field("怎么数", LINE, "照什么数出来的", "how it is counted")
    computed: Computed | None = field(
        "自己数",
        Choice(Computed),
        "从村里自己的记录里数的，写数什么；数就不用写了",
        "what is counted from our own records",
    )
    scale: int | None = field(
        "几分制",
        COUNT,
        "打分的写满分几分，3 或者 5",
        "the best mark of a short scale",
        measure="分",
    )
    part_of: str | None = field(
        "属于", Ref("indicators"), "是哪个指标里的一部分", "the indicator of which it counts a part"
    )
    people: bool = field(
        "数的是人",
        FLAG,
        "数的是人或者户写“是”；单位是人、户的不用写",
        "yes if people or households are counted",
        default=False,
    )
    baseline: Measured | None = field("起点", Nested(Measured), "开始的时候多少", "the baseline")
    target: Aim | None = field("目标", Nested(Aim), "哪年要到多少", "the target")
    values: tuple[Measured, ...] = field(
        "数值", ListOf(Nested(Measured)), "一年一条；没测的年份也写上", "one for each year"
    )
    voices: tuple[Utterance, ...] = VOICES
    projects: tuple[str, ...] = field(
        "项目", ListOf(Ref("projects")), "哪些项目看它", "project ids"
    )
    goal: str | None = field("哪个目标", Ref("goals"), "村里哪个目标看它", "a goal id")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE

    @property
    def counts_people(self) -> bool:
        """Whether the numbers are of people or households."""
        counter = COUNTERS[self.computed] if self.computed else None
        unit = (self.unit or "").removesuffix("次").removesuffix("数")
        return self.people or (counter.people if counter else unit.endswith(_PEOPLE))

    @property
    def written(self) -> tuple[Measured, ...]:
        """The baseline and the values."""
        return (self.baseline, *self.values) if self.baseline else self.values


_PEOPLE = tuple("人户位名口家")
"""The last sign of a unit in which people or households are counted."""

# --- as it is published ---------------------------------------------------------------------------


def settle(indicators: Mapping[str, Indicator], library: Any, today: date) -> dict[str, Indicator]:
    """Return the indicators with counted numbers, and without those that are too small or give a small one away."""
    whole = {key: _with_counts(each, library, today) for key, each in indicators.items()}
    sizes = {
        (key, each.year): size
        for key, indicator in whole.items()
        for each in indicator.written
        if (size := _size(indicator, each)) is not None
    }
    inside: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for key in whole:
        for above in _wholes(whole, key):
            for year in {each for known, each in sizes if known == key}:
                inside.setdefault((above, year), []).append((key, year))
    hidden = withheld(sizes, inside)
    return {key: _without(each, hidden) for key, each in whole.items()}


def _wholes(indicators: Mapping[str, Indicator], key: str) -> Iterator[str]:
    """The indicators of which one counts a part, at any distance."""
    seen = {key}
    above = indicators[key].part_of
    while above is not None and above in indicators and above not in seen:
        seen.add(above)
        yield above
        above = indicators[above].part_of


def _size(indicator: Indicator, each: Measured) -> Decimal | None:
    """How many people a number is about; None if it is about none. A mark without a sample may be of one person."""
    if indicator.scale is not None:
        return None if each.value is None else Decimal(each.sample_size or 1)
    return each.value if indicator.counts_people else None


def _with_counts(indicator: Indicator, library: Any, today: date) -> Indicator:
    """An indicator whose numbers are counted where they can be. What somebody typed for such a year is left out."""
    if indicator.computed is None:
        return indicator
    found = counts(library, indicator.computed, today)
    counter = COUNTERS[indicator.computed]
    made = tuple(
        Measured(
            year=year,
            value=None if each.few and not each.rows else Decimal(each.told),
            withheld=bool(each.few and not each.rows),
            counted_by=_counted_by(each),
        )
        for year, each in found.items()
    )
    known = {each.year: each for each in made}
    first = indicator.baseline
    return replace(
        indicator,
        unit=counter.unit,
        method=indicator.method or counter.how,
        baseline=known.get(first.year, first) if first else None,
        values=(*(each for each in indicator.values if each.year not in known), *made),
    )


BY_US = "乡记从记录里数的"


def _counted_by(count: YearCount) -> str:
    """Return who counted, and how many numbers are too small to be in the sum."""
    few = f"，另有 {len(count.few)} 次各{BELOW}，没有加进来" if count.few and count.rows else ""
    return f"{BY_US}{few}"


def _without(indicator: Indicator, hidden: set[tuple[str, int]]) -> Indicator:
    def told(each: Measured) -> Measured:
        if (indicator.id, each.year) not in hidden and not each.withheld:
            return each
        return replace(each, value=None, withheld=True, sample_size=None)

    first = indicator.baseline
    values = tuple(sorted(map(told, indicator.values), key=lambda each: each.year))
    return replace(indicator, baseline=told(first) if first else None, values=values)


# --- checks ---------------------------------------------------------------------------------------


def is_clear(library: Any, indicator: Indicator, today: date) -> Iterator[Problem]:
    """Yield a problem if nobody could count it again, or if a number is not of its kind."""
    if indicator.computed is None and not (indicator.unit and indicator.method):
        yield problem("indicator-unclear", indicator.origin.location, title=indicator.title)
    seen: set[int] = set()
    for each in indicator.values:
        if each.year in seen:
            yield problem("indicator-twice", each.origin.of("year"), value=each.year)
        seen.add(each.year)
    for each in indicator.written:
        yield from _number_fits(indicator, each, today)


def _number_fits(indicator: Indicator, each: Measured, today: date) -> Iterator[Problem]:
    if each.value is None:
        return
    place = each.origin.of("value")
    if each.year > today.year:
        yield problem("indicator-ahead", each.origin.of("year"), value=each.year)
    if indicator.computed is None and not (each.counted_by or each.source):
        yield problem("indicator-unsourced", place, title=indicator.title, value=each.year)
    if indicator.scale is None:
        return
    if not 1 <= each.value <= indicator.scale:
        yield problem("indicator-scale", place, value=each.value, most=indicator.scale)
    if (each.sample_size or 0) < FEW:
        yield problem("indicator-sample", place, value=each.year, few=FEW)


def agrees_with_records(library: Any, indicator: Indicator, today: date) -> Iterator[Problem]:
    """Yield a problem for each typed number that differs from what our own records tell."""
    if indicator.computed is None:
        return
    found = counts(library, indicator.computed, today)
    for each in indicator.written:
        count = found.get(each.year)
        if count is None or each.value is None or each.value in (count.told, count.whole):
            continue
        details = {"value": each.value, "year": each.year, "count": count.whole}
        yield problem("indicator-differs", each.origin.of("value"), **details)


def part_fits(library: Any, indicator: Indicator, today: date) -> Iterator[Problem]:
    """Yield a problem if a part is more than its whole, or an indicator is a part of itself."""
    shelf = library.shelf("indicators")
    whole = shelf.get(indicator.part_of or "")
    if whole is None:
        return
    place = indicator.origin.of("part_of")
    if indicator.id in _above(shelf, whole.id):
        yield problem("indicator-circle", place, title=indicator.title)
        return
    sums = {each.year: each.value for each in whole.written if each.value is not None}
    for each in indicator.written:
        if each.value is not None and each.value > sums.get(each.year, each.value):
            details = {"value": each.value, "whole": whole.title, "most": sums[each.year]}
            yield problem("indicator-part", each.origin.of("value"), **details)


def _above(shelf: Mapping[str, Indicator], key: str) -> set[str]:
    return {key, *_wholes(shelf, key)}


def may_be_quoted(library: Any, indicator: Indicator, today: date) -> Iterator[Problem]:
    """Yield a hint for words that are not shown, since whoever said them did not agree to be quoted."""
    for each in indicator.voices:
        person = library.people.get(each.who)
        if person is not None and not person.agrees(ConsentUse.QUOTATION, today):
            said = person.alias or person.name
            yield problem("indicator-voice", each.origin.of("who"), who=said)


def is_unmeasured(indicator: Indicator, today: date) -> str:
    """Say that nothing was measured for this year."""
    known = {each.year for each in indicator.values if each.value is not None or each.withheld}
    return "" if indicator.computed or today.year in known else f"{today.year} 年还没有测"


KIND = RecordKind(
    name="indicators",
    one="indicator",
    record=Indicator,
    heading="指标",
    lead="做了这些，有没有用：一样一样数，谁数的、怎么数的都写着。没测的写未测。",
    publishable=is_public,
    note="definition",
    group="sphere",
    tallies=("sphere",),
    measure="样",
    expected=("unit", "method"),
    page="indicator",
    checks=(is_clear, agrees_with_records, part_fits, may_be_quoted),
    pending=is_unmeasured,
    settle=settle,
    guide="""能从自己的记录里数的，写「自己数」，数就不用写了，也写不错。
一年一条，只数那一年的，不写“累计”：两年的累计一减，就知道多出来的是谁家。
数的是人或者户，不到 5 的不写出来；「属于」写清楚了，减得出来的也不写出来。
打分的写「几分制」和「问了几人」，不到 5 个人的分不写出来。
没测的年份写上「哪年」，不写数：网站上写“未测”。
""",
)
