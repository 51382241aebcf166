"""Maps the column titles of a batch table to fields, inspection layers and kinds of events."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from xiangji.model.fields import (
    Field,
    ListOf,
    Nested,
    Word,
    fields_of,
    fold_digits,
    fold_key,
    keys_of,
)
from xiangji.model.lookalike import same_look
from xiangji.model.nearest import nearest, question
from xiangji.model.node import Scalar
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import QUANTITY
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.problems import Report
from xiangji.readers.tables.cell import Cell
from xiangji.records.batch import Batch


class OwnerColumn(Word):
    """The column with the product of each row."""

    PRODUCT = "产品"


_OWNERS = late_pattern("产品名称?|品名|商品(?:名称)?")
"""Other titles of the column with the product."""

Meaning = str | InspectionLayer | EventKind | OwnerColumn
"""The English name of a field, or the inspection layer or kind of event that the column is about, or the product."""

_MOST = 20
"""The most unknown columns reported for one table. A table of something else may have very many."""

ROW_NUMBERS = frozenset(["序号", "行号", "no", "no.", "#", "填表说明"])
"""Titles of columns that are ignored: row numbers, and the marks of our templates."""

_WHICH_DAY = frozenset(["日期", "时间", "date"])
"""Titles of dates that do not say which day is meant."""

_NOT_UNITS = frozenset(["必填", "选填", "可空", "约", "估", "估计", "示例"])


class Column(Struct, frozen=True):
    """A column of a table whose rows are records of the class `record`.

    `number` counts from 1. `unit` is the unit in the title: 产量（罐）. `counts` marks a column of row numbers, and
    `private` one that is left out since it identifies or reaches people.
    """

    number: int
    title: Scalar
    meaning: Meaning | None = None
    unit: str = ""
    counts: bool = False
    record: type[Any] = Batch
    private: bool = False

    @property
    def field(self) -> Field | None:
        """The declared field that the column holds, or None."""
        return keys_of(self.record).get(self.meaning) if isinstance(self.meaning, str) else None

    @property
    def name(self) -> str:
        """The Chinese name of the content of the column."""
        row = self.field
        if row is None and isinstance(self.meaning, str):
            return self.title.text
        return row.zh if row else str(self.meaning or "")


@lru_cache(4096)
def is_title(text: str) -> bool:
    """Whether a text is a known column title."""
    return len(text) <= 60 and _meaning(_split(text)[0])[1] is not None


def column_of(cell: Cell, number: int) -> Column:
    """The column for a cell of the header. `number` counts from 1."""
    text, unit = _split(cell.text)
    text, meaning = _meaning(text)
    title = Scalar(text, cell.location)
    if meaning is None:
        return Column(number, title, counts=text.lower() in ROW_NUMBERS)
    column = Column(number, title, meaning)
    if unit and column.field is not None and column.field.kind is QUANTITY:
        return Column(number, title, meaning, unit)
    return column


def report_unknown(columns: list[Column], report: Report) -> None:
    """Report the columns with unknown titles, each with the nearest known title."""
    unknown = [each for each in columns if each.title.text and each.meaning is None]
    for column in [each for each in unknown if not (each.counts or each.private)][:_MOST]:
        hint, hint_en = _hint(column.title.text)
        place = column.title.location
        report.add("table-header", place, value=column.title.text, hint=hint, hint_en=hint_en)


def _split(text: str) -> tuple[str, str]:
    """Split a title into the name and the unit in brackets after it: 产量（罐）, 数量(单位：瓶)."""
    text = " ".join(text.split())
    if not text.endswith((")", "）")):
        return text, ""
    title, remark = re.split(r"[(（]", text, maxsplit=1) if re.search("[(（]", text) else (text, "")
    unit = fold_digits(re.sub(r"^单位\s*[:：]?\s*", "", remark.rstrip(")） ")))
    good = re.fullmatch(r"[^\d,.\s]\S{0,7}", unit) and unit not in _NOT_UNITS
    return title.strip(), unit if good else ""


def _meaning(title: str) -> tuple[str, Meaning | None]:
    """A title in its known spelling and its meaning. Blanks inside are ignored, because forms write 批　号."""
    for text in (title, "".join(title.split())):
        row = keys_of(Batch).get(fold_key(text))
        if row is not None and fits_a_cell(row):
            return text, row.name
        word = InspectionLayer.of(text) or EventKind.of(text) or OwnerColumn.of(text)
        if word is not None:
            return text, word  # type: ignore[return-value]
        if _OWNERS.fullmatch(text):
            return text, OwnerColumn.PRODUCT
    return title, None


def fits_a_cell(row: Field) -> bool:
    """Whether a field can be in one cell. A list of records cannot: 检验 as a title means the event."""
    return not (isinstance(row.kind, ListOf) and isinstance(row.kind.item, Nested))


_PRIVATE = late_pattern(
    r"身份证|证件号|护照|户口|社保|医保|电话|手机|联系方式|联系号码|传真|微信|qq|邮箱|e-?mail|银行|卡号|账号|帐号|开户|"
    r"住址|家庭地址|居住地址|门牌|出生日期|出生年月|生日|年龄|性别|民族|政治面貌|婚姻|学历|健康|残疾|低保|贫困|紧急联系|"
    r"phone|mobile|telephone|identity|id_?(card|number)|passport|birth|gender|bank",
)


@lru_cache(1024)
def is_private_title(title: str) -> bool:
    """Whether a column title names data of a person that a village's site does not need."""
    return len(title) <= 40 and _PRIVATE.search(fold_key(title).replace("_", "")) is not None


def private_hint(title: str) -> tuple[str, str] | None:
    """The hint (zh, en) for a column that identifies or reaches people; None for other columns."""
    if not is_private_title(title):
        return None
    return (
        "认得出人、找得到人的，不要放在村子里：把这一列从表里删掉。",
        "What identifies or reaches people does not belong into the village: delete this column.",
    )


def header_hint(title: str, close: str) -> tuple[str, str]:
    """The hint (zh, en) for a title that is nearly the known title `close`."""
    if same_look(title, close):
        return question(title, close)
    return f"是不是“{close}”？改一下表头。", f"Did you mean “{close}”? Change the header."


def _hint(title: str) -> tuple[str, str]:
    names = [row.zh for row in fields_of(Batch) if fits_a_cell(row)]
    names += [str(word) for words in (InspectionLayer, EventKind, OwnerColumn) for word in words]
    if title in _WHICH_DAY:
        return (
            "写清楚是“生产日期”还是“采收日期”。",
            "Write whether it is the day of making (生产日期) or of harvest (采收日期).",
        )
    close = nearest(title, names)
    if close:
        return header_hint(title, close)
    if private := private_hint(title):
        return private
    known = "、".join(names)
    return f"能认的列：{known}。", f"Known columns: {known}."
