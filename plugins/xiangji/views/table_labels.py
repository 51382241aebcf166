"""Prepares the tables of written pages for narrow screens and for readers without a mouse.

Each cell gets the heading of its column, so that a phone can show each row as a card. A wide table gets a box that the
keyboard can scroll.
"""

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
_CORNER = late_pattern(r"<th\b([^>]*)></th>")
"""A heading without a text, which programs that read aloud cannot say."""
_WIDE = 4
"""From so many columns on a table may be wider than the text."""
_TAG = late_pattern(r"<[^>]*>")


def with_labels(html: str) -> str:
    """Return HTML of a page with its tables prepared.

    Each `<td>` of a table with a head has the text of its column's heading as `data-label`. Such a table has `data-cards`; styles show no other table as cards, since its headings would be lost.
    """
    if "<table>" not in html:
        return html
    names: list[str] = []
    return str(_TABLE.sub(lambda found: _prepared(found[0], names), html))


def _prepared(table: str, names: list[str]) -> str:
    """A table with labels, and in a box if it is wide. `names` are those of the page's boxes so far."""
    if table.count("<table>") > 1:
        return table
    head = _HEAD.search(table)
    headings = [
        escape(unescape(_TAG.sub("", each)).strip())
        for each in _HEADING.findall(head[0] if head else "")
    ]
    labelled = _CORNER.sub(r"<td\1></td>", _labelled(table, headings))
    if len(headings) < _WIDE:
        return labelled
    name = " · ".join(filter(None, headings[:_WIDE])) or "…"
    names.append(name)
    count = names.count(name)
    name = f"{name} ({count})" if count > 1 else name  # Regions of a page have different names.
    return f'<div class="xj-scroll" role="region" tabindex="0" aria-label="{name}">{labelled}</div>'


def _labelled(table: str, headings: list[str]) -> str:
    if not any(headings) or _UNEVEN.search(table):
        return table

    def row(found: re.Match[str]) -> str:
        left = iter(headings)
        return str(_CELL.sub(lambda cell: f'{cell[0]} data-label="{next(left, "")}"', found[0]))

    return str(_ROW.sub(row, table)).replace("<table>", "<table data-cards>", 1)
