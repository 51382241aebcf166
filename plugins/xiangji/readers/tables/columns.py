"""What a table's header says each column holds: a field, an inspection layer or a kind of event."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from xiangji.model.fields import Field, ListOf, Nested, fields_of, fold_digits, fold_key, keys_of
from xiangji.model.lookalike import same_look
from xiangji.model.nearest import nearest, question
from xiangji.model.node import Scalar
from xiangji.model.value_types import QUANTITY
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.problems import Report
from xiangji.readers.tables.cell import Cell
from xiangji.records.batch import Batch

Meaning = str | InspectionLayer | EventKind
"""The English name of a field, or a word whose column holds a date and a remark."""

_MOST = 20
"""Unknown columns told of one table; a table of something else has no end of them."""

_ROW_NUMBERS = frozenset(["序号", "行号", "no", "no.", "#"])
"""Every ledger has such a column; it says nothing of the batch."""

_WHICH_DAY = frozenset(["日期", "时间", "date"])
"""Titles that do not say which day they mean."""

_NOT_UNITS = frozenset(["必填", "选填", "可空", "约", "估", "估计", "示例"])


class Column(Struct, frozen=True):
    """A column of a table whose rows are records of one class. `unit` is the one in its header:
    产量（罐）."""

    number: int
    title: Scalar
    meaning: Meaning | None = None
    unit: str = ""
    counts: bool = False
    record: type[Any] = Batch

    @property
    def field(self) -> Field | None:
        """The row of the field table, where the column holds a field."""
        return keys_of(self.record)[self.meaning] if isinstance(self.meaning, str) else None

    @property
    def name(self) -> str:
        """What it holds, in Chinese."""
        row = self.field
        return row.zh if row else str(self.meaning or "")


@lru_cache(4096)
def is_title(text: str) -> bool:
    """Whether a text names a column that we read."""
    return len(text) <= 60 and _meaning(_split(text)[0])[1] is not None


def column_of(cell: Cell, number: int) -> Column:
    """What the column under a header cell holds."""
    text, unit = _split(cell.text)
    text, meaning = _meaning(text)
    title = Scalar(text, cell.location)
    if meaning is None:
        return Column(number, title, counts=text.lower() in _ROW_NUMBERS)
    column = Column(number, title, meaning)
    if unit and column.field is not None and column.field.kind is QUANTITY:
        return Column(number, title, meaning, unit)
    return column


def report_unknown(columns: list[Column], report: Report) -> None:
    """Tell the columns that were not recognised, each with its nearest known name."""
    unknown = [each for each in columns if each.title.text and each.meaning is None]
    for column in [each for each in unknown if not each.counts][:_MOST]:
        hint, hint_en = _hint(column.title.text)
        place = column.title.location
        report.add("table-header", place, value=column.title.text, hint=hint, hint_en=hint_en)


def _split(text: str) -> tuple[str, str]:
    """A title, and the unit or remark in brackets behind it: 产量（罐）, 数量(单位：瓶)."""
    text = " ".join(text.split())
    if not text.endswith((")", "）")):
        return text, ""
    title, remark = re.split(r"[(（]", text, maxsplit=1) if re.search("[(（]", text) else (text, "")
    unit = fold_digits(re.sub(r"^单位\s*[:：]?\s*", "", remark.rstrip(")） ")))
    good = re.fullmatch(r"[^\d,.\s]\S{0,7}", unit) and unit not in _NOT_UNITS
    return title.strip(), unit if good else ""


def _meaning(title: str) -> tuple[str, Meaning | None]:
    """A title as we know it, and what it means: 批　号 is 批号, as forms space it out."""
    for text in (title, "".join(title.split())):
        row = keys_of(Batch).get(fold_key(text))
        if row is not None and _fits_a_cell(row):
            return text, row.name
        word = InspectionLayer.of(text) or EventKind.of(text)
        if word is not None:
            return text, word  # type: ignore[return-value]
    return title, None


def _fits_a_cell(row: Field) -> bool:
    """Not a list of records: 检验 over a column is the step, not the inspections."""
    return not (isinstance(row.kind, ListOf) and isinstance(row.kind.item, Nested))


def header_hint(title: str, close: str) -> tuple[str, str]:
    """What to do about a title that is nearly a known one."""
    if same_look(title, close):
        return question(title, close)
    return f"是不是“{close}”？改一下表头。", f"Did you mean “{close}”? Change the header."


def _hint(title: str) -> tuple[str, str]:
    names = [row.zh for row in fields_of(Batch) if _fits_a_cell(row)]
    names += [str(word) for words in (InspectionLayer, EventKind) for word in words]
    if title in _WHICH_DAY:
        return (
            "写清楚是“生产日期”还是“采收日期”。",
            "Write whether it is the day of making (生产日期) or of harvest (采收日期).",
        )
    close = nearest(title, names)
    if close:
        return header_hint(title, close)
    known = "、".join(names)
    return f"能认的列：{known}。", f"Known columns: {known}."
