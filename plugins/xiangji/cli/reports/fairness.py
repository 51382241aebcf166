"""`xiangji report fairness`: which households and roles have how many of the places, as text, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import asdict

from xiangji.appearances.fairness import FairnessArea, FairnessRow
from xiangji.cli.reports.csv_table import csv_table
from xiangji.cli.text_table import aligned
from xiangji.cli.words import message_key, say
from xiangji.model.vocabularies import PersonRole


def as_text(rows: Sequence[FairnessRow], lang: str) -> str:
    """Return a table of the households and one of the roles, and what was counted."""
    parts = []
    for by in ("household", "role"):
        own = [each for each in rows if each.by == by]
        head = [say(message_key(f"fairness-{by}"), lang), say("fairness-people", lang)]
        head += [say(message_key(f"fairness-{area.value}"), lang) for area in FairnessArea]
        table = [[_name(each, lang), str(each.people), *_cells(each, lang)] for each in own]
        parts.append(
            aligned([head, *table]) if own else say(message_key(f"fairness-no-{by}"), lang)
        )
    return "\n\n".join([*parts, say("fairness-rule", lang)])


def _cells(row: FairnessRow, lang: str) -> list[str]:
    """The places and their share in each area; a dash where there are none."""
    return [
        say("fairness-cell", lang, places=row.places[area.value], share=row.shares[area.value])
        if row.places[area.value]
        else "—"
        for area in FairnessArea
    ]


def as_csv(rows: Sequence[FairnessRow], lang: str) -> str:
    """Return a CSV table for WPS and Excel: a row for each household or role in each area."""
    columns = ("by", "name", "people", "area", "places", "share")
    head = [say(message_key(f"fairness-{column}"), lang) for column in columns]
    table = [
        [
            say(message_key(f"fairness-{row.by}"), lang),
            _name(row, lang),
            str(row.people),
            say(message_key(f"fairness-{area.value}"), lang),
            str(row.places[area.value]),
            str(row.shares[area.value]),
        ]
        for row in rows
        for area in FairnessArea
    ]
    return csv_table([head, *table])


def as_json(rows: Sequence[FairnessRow]) -> str:
    """Return JSON: one object for each household and each role."""
    return json.dumps([asdict(each) for each in rows], ensure_ascii=False, indent=2)


def _name(row: FairnessRow, lang: str) -> str:
    words = {str(each): each.key.replace("_", " ") for each in PersonRole}
    if row.by == "role" and lang != "zh":
        return words.get(row.name, row.name)  # A village may have roles of its own.
    return row.name or say("fairness-nobody", lang)
