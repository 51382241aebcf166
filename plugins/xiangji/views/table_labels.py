"""Puts the heading of its column on each cell of a table, so that a narrow phone can show each row as a card."""

from __future__ import annotations

import re
from html import escape, unescape

from xiangji.model.parsing.late_pattern import late_pattern

_TABLE = late_pattern(r"<table>.*?</table>", re.DOTALL)
_HEAD = late_pattern(r"<thead>.*?</thead>", re.DOTALL)
_HEADING = late_pattern(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = late_pattern(r"<tr>.*?</tr>", re.DOTALL)
_CELL = late_pattern(r"<td\b")
_UNEVEN = late_pattern(r"\b(?:colspan|rowspan)=|<table>.*<table>", re.DOTALL)
"""A cell over several columns or rows, or a table in a table: what stands under which heading cannot be counted."""
_TAG = late_pattern(r"<[^>]*>")


def with_labels(html: str) -> str:
    """Return HTML in which each `<td>` of a table with a head has the text of its column's heading as `data-label`.

    Such a table has `data-cards`; styles show no other table as cards, since its headings would be lost.
    """
    if "<table>" not in html:
        return html
    return str(_TABLE.sub(lambda found: _labelled(found[0]), html))


def _labelled(table: str) -> str:
    head = _HEAD.search(table)
    headings = [
        escape(unescape(_TAG.sub("", each)).strip())
        for each in _HEADING.findall(head[0] if head else "")
    ]
    if not any(headings) or _UNEVEN.search(table):
        return table

    def row(found: re.Match[str]) -> str:
        left = iter(headings)
        return str(_CELL.sub(lambda cell: f'{cell[0]} data-label="{next(left, "")}"', found[0]))

    return str(_ROW.sub(row, table)).replace("<table>", "<table data-cards>", 1)
