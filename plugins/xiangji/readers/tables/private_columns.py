"""Recognises columns with data that identify or reach a person: identity and telephone numbers, homes, accounts.

A roster has such columns. `xiangji import` leaves them out unless the clerk asks for one by its title.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from xiangji.model.fields import Holds
from xiangji.model.value_types import TELEPHONE
from xiangji.readers.tables.columns import Column, is_private_title
from xiangji.readers.tables.skipped_rows import GUIDE_TITLE


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
