"""Writes a report as a CSV table for WPS and Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV. Its byte order mark says that it is UTF-8, and no cell can become a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + stream.getvalue()


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe in front if a spreadsheet would take it for a formula (CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
