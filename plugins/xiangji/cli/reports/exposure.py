"""`xiangji report exposure`: how often each maker stands first, as text, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import asdict

from xiangji.catalogue.exposure import Exposure
from xiangji.cli.reports.csv_table import csv_table
from xiangji.cli.text_table import aligned
from xiangji.cli.words import message_key, say

_COLUMNS = ("tab", "shelf", "maker", "goods", "first", "early", "top", "weeks")


def as_text(rows: Sequence[Exposure], lang: str, begin: str) -> str:
    """Return the table as text, with the rule that it rests on."""
    if not rows:
        return say("exposure-none", lang)
    table = aligned([_head(lang), *(_cells(each, lang) for each in rows)])
    return "\n\n".join(
        [
            say("exposure-head", lang, begin=begin, weeks=rows[0].weeks),
            table,
            say("exposure-rule", lang),
        ]
    )


def as_csv(rows: Sequence[Exposure], lang: str) -> str:
    """Return a CSV table for WPS and Excel."""
    return csv_table([_head(lang), *(_cells(each, lang) for each in rows)])


def as_json(rows: Sequence[Exposure]) -> str:
    """Return JSON: one object for each row, with the English names of the columns."""
    return json.dumps([asdict(each) for each in rows], ensure_ascii=False, indent=2)


def _head(lang: str) -> list[str]:
    return [say(message_key(f"exposure-{column}"), lang) for column in _COLUMNS]


def _cells(row: Exposure, lang: str) -> list[str]:
    return [
        row.tab,
        row.shelf,
        row.maker or say("exposure-nobody", lang),
        *map(str, (row.goods, row.first, row.early, row.top, row.weeks)),
    ]
