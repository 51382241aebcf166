"""Recognises columns with data that identify or reach a person: identity and telephone numbers, homes, accounts.

A roster has such columns. `xiangji import` leaves them out unless the clerk asks for one by its title.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from xiangji.model.fields import Holds, fold_key
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import TELEPHONE
from xiangji.readers.tables.columns import Column
from xiangji.readers.tables.skipped_rows import GUIDE_TITLE

_PRIVATE = late_pattern(
    r"身份证|证件号|护照|户口|社保|医保|电话|手机|联系方式|联系号码|传真|微信|qq|邮箱|e-?mail|银行|卡号|账号|帐号|开户|"
    r"住址|家庭地址|居住地址|门牌|出生日期|出生年月|生日|年龄|性别|民族|政治面貌|婚姻|学历|健康|残疾|低保|贫困|紧急联系|"
    r"phone|mobile|telephone|identity|id_?(card|number)|passport|birth|gender|bank",
    0,
)


@lru_cache(1024)
def is_private_title(title: str) -> bool:
    """Whether a column title names data of a person that a village's site does not need."""
    return len(title) <= 40 and _PRIVATE.search(fold_key(title).replace("_", "")) is not None


class Withholding(Struct, frozen=True):
    """Which columns of a table from outside are left out: private ones whose title is not `wanted`."""

    wanted: Collection[str] = ()

    def applied(self, columns: Collection[Column]) -> list[Column]:
        """The columns, with private ones marked and without meaning.

        Our template explains which numbers may stand in it, so its columns are not left out.
        """
        ours = any(each.title.text == GUIDE_TITLE for each in columns)
        return [
            replace(each, meaning=None, private=True) if self._holds(each, ours) else each
            for each in columns
        ]

    def _holds(self, column: Column, ours: bool) -> bool:
        if {column.title.text, column.name} & set(self.wanted):
            return False
        row = column.field
        if row is None:
            return column.meaning is None and is_private_title(column.title.text)
        return not ours and (row.kind is TELEPHONE or row.holds in (Holds.ADDRESS, Holds.TELEPHONE))
