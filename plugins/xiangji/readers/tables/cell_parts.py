"""Takes apart the cells that say several things of an inspection or of a step in the life of a batch.

    合格 2026-03-12 质检员
    水分 12.1%（≤13%，GB 5009.3）合格 报告号 XJ-2603-001 县质检所 2026-03-15
    2026年3月12号 15:30 地点：baozhuang 数量：60 公斤 装袋

A part may begin with the name of its field and a colon. A day, a report number and a result are recognised without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from functools import cache

from xiangji.model.fields import (
    Field,
    Holds,
    Reference,
    UnreadableValue,
    ValueType,
    fields_of,
    keys_of,
)
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import LINE, PAPER
from xiangji.model.vocabularies import EventKind, InspectionLayer, InspectionResult
from xiangji.problems import Report
from xiangji.readers.tables.columns import fits_a_cell
from xiangji.records.batch import Inspection, TraceEvent

_SIGNS = " \t\n；;，,、。"
_PARTS_OF_DAY = "凌晨|清晨|清早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|夜里|夜间"
_DAY = late_pattern(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*[日号]?"
    rf"(?:[\sT]*(?:{_PARTS_OF_DAY})?\s*\d{{1,2}}\s*(?:[:：]\d\d(?:[:：]\d\d)?|[点时]\s*(?:\d{{1,2}}\s*分?|半|整|钟)?))?"
)
"""A day, with the time of day if that follows."""

_WORDS = "|".join(sorted(map(str, InspectionResult), key=len, reverse=True))
_RESULT = late_pattern(
    r"(?:^|(?<=[\s；;，,、%％\d）)：:]))(?:(?:检验|检测|单项|综合)?(?:判定|结果|结论|检验|检测)\s*[:：]?\s*)?"
    rf"(?P<result>{_WORDS})(?=[\s\d；;，,、。（(]|$)"
)
_ANOTHER = late_pattern(rf"[\s；;，,、]+(?=(?:{_WORDS})(?:[\s\d；;，,、]|$))")
"""The separator before a further inspection in one cell: 合格 2026-03-12 甲；不合格 2026-03-15 乙."""

_REPORT = late_pattern(r"报告书?(?:编?号)?\s*[:：]?\s*(?P<report>[^\s；;，,、]*\d[^\s；;，,、]*)")
_MEASURED = late_pattern(
    r"[\u4e00-\u9fffA-Za-z]{1,12}\s*[:：]?\s*[<>≤≥＜＞]?\s*\d+(?:\.\d+)?\s*(?:[%％‰℃]|[mμk]?g(?:/k?g|/L)?|毫克|微克|克)"
    r"(?:/(?:千克|公斤|升|100克))?(?:\s*[（(][^（）()]*[）)])?(?:\s*(?:限值|指标)?\s*[<>≤≥＜＞]\s*\d+(?:\.\d+)?\s*[%％]?)?"
)
"""A measured value with what was measured: 水分 12.1% ≤13%."""

_BRACKETED = late_pattern(r"\s*[（(]([^（）()]*)[）)]")
"""What stands in brackets behind a result: 不合格（发霉）."""

_ALSO = {
    "检验员": "signer",
    "检验人": "signer",
    "检验机构": "signer",
    "机构": "signer",
    "报告号": "report",
    "报告编号": "report",
    "检验项目": "items",
}
"""Other names of the parts of an inspection."""


_Named = type[Inspection] | type[TraceEvent]


@cache
def _labels(record: _Named) -> tuple[re.Pattern[str], Dict[str, str]]:
    """The pattern of a part with its name, and the fields by name."""
    rows = [row for row in fields_of(record) if fits_a_cell(row) and not row.required]
    names = {key: row.name for row in rows for key in row.keys if not key.isascii()}
    if record is Inspection:
        names |= _ALSO
    every = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = (
        rf"(?:^|(?<=[{_SIGNS}]))(?P<name>{every})\s*[:：]\s*"
        rf"(?P<value>.+?)(?=[；;，,。\n]|\s+(?:{every})\s*[:：]|\s\s|$)"
    )
    return re.compile(pattern), names


def inspection_nodes(layer: InspectionLayer, cell: Scalar, report: Report) -> list[Node]:
    """The nodes of all inspections in a cell."""
    parts = [Scalar(each, cell.location) for each in _inspections(cell.text.strip())]
    nodes = (inspection_node(layer, each, report) for each in parts)
    return [each for each in nodes if each is not None]


def _inspections(text: str) -> list[str]:
    """The text of each inspection in a cell: each has one result."""
    if len(_RESULT.findall(text)) < 2:
        return [text]
    parts = [part for part in re.split(r"[；;\n]", text) if part.strip()]
    if all(len(_RESULT.findall(part.strip())) == 1 for part in parts):
        return parts
    return _ANOTHER.split(text)


def inspection_node(layer: InspectionLayer, cell: Scalar, report: Report) -> Node | None:
    """The node of an inspection. None after reporting that it has no result."""
    text = cell.text.strip()
    values, rest = _taken(Inspection, text)
    found = _RESULT.search(rest)
    first = re.match(r"[^\s\d；;，,]+", rest)
    if found is None and (first is None or InspectionResult.of(first[0]) is None):
        example = "合格 2026-03-12 质检员"
        report.add("table-cell", cell.location, field=layer, value=text, example=example)
        return None
    match = found or first
    assert match is not None
    result = match["result"] if found else match[0]
    values = {"layer": str(layer), "result": result} | values
    before, after = rest[: match.start()], rest[match.end() :]
    day = _DAY.search(after) or _DAY.search(before)
    if day and "checked_on" not in values:
        values["checked_on"] = day[0].strip()
        before, after = before.replace(day[0], " ", 1), after.replace(day[0], " ", 1)
    measured = [each[0] for each in _MEASURED.finditer(after)]
    for each in measured:
        after = after.replace(each, " ", 1)
    reason = _BRACKETED.match(after)
    if reason:
        after = after[reason.end() :]
    items = [before.strip(_SIGNS), reason[1] if reason else "", *measured]
    if "signer" in values:
        items.append(after.strip(_SIGNS))
    elif after.strip(_SIGNS):
        values["signer"] = after.strip(_SIGNS)
    said = "；".join(each for each in (values.get("items", ""), *items) if each)
    if said:
        values["items"] = said
    return _node(values, cell.location)


def event_node(kind: EventKind, cell: Scalar) -> Node:
    """The node of an event such as `2026-03-12 07:30 糍粑辣椒 60 公斤`: date, remark, and parts with their names."""
    values, rest = _taken(TraceEvent, cell.text.strip())
    values = {"kind": str(kind)} | values
    day = _DAY.search(rest)
    if day and "at" not in values:
        values["at"] = day[0].strip()
        rest = rest[: day.start()] + rest[day.end() :]
    words = rest.strip(_SIGNS)
    if words:
        values["note"] = "；".join(each for each in (values.get("note", ""), words) if each)
    return _node(values, cell.location)


def _taken(record: _Named, text: str) -> tuple[dict[str, str], str]:
    """The parts with names by field, and the text without them. Of two parts with one name, the second stays."""
    pattern, names = _labels(record)
    values: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        name = names[match["name"]]
        if name in values:
            return match[0]
        values[name], left = _value(keys_of(record)[name], match["value"].strip())
        return f" {left} "

    rest = pattern.sub(take, text) if ":" in text or "：" in text else text
    if record is Inspection and "report" not in values:
        found = _REPORT.search(rest)
        if found:
            values["report"] = found["report"]
            rest = rest[: found.start()] + " " + rest[found.end() :]
    return values, rest.strip()


def _value(row: Field, text: str) -> tuple[str, str]:
    """The value of a part, and the words after it: ids and numbers have no blanks, amounts and days are read."""
    words = text.split()
    if isinstance(row.item, Reference) or row.holds is Holds.NUMBER or row.kind is PAPER:
        return words[0], " ".join(words[1:])
    if row.kind is LINE or not isinstance(row.kind, ValueType):
        return text, ""
    for count in range(len(words), 0, -1):
        try:
            row.kind.parse(" ".join(words[:count]))
        except UnreadableValue:
            continue
        return " ".join(words[:count]), " ".join(words[count:])
    return text, ""


def _node(values: dict[str, str], place: Location) -> Mapping:
    return Mapping(tuple((Scalar(k, place), Scalar(v, place)) for k, v in values.items()), place)
