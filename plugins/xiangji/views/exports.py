"""Writes the records of a kind as data files: JSON, CSV, and calendars for events (RFC 5545)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from xiangji import urls
from xiangji.model.fields import Field, ListOf, Nested, Reference, fields_of
from xiangji.model.kind import RecordKind
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import PartialDate
from xiangji.model.value_types import is_file
from xiangji.model.values import Moment
from xiangji.readers.tables.cell_value import guarded
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact
from xiangji.views.open_data.hsds import hsds
from xiangji.views.said import as_data, name_of, said

Export = Callable[[RenderContext, RecordKind, Sequence[Any]], Iterator[Artifact]]

CHINA = timezone(timedelta(hours=8))
"""The time zone of China. It is the same in the whole country."""


def exports(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> Iterator[Artifact]:
    """The data files that a kind declares."""
    for name in kind.exports:
        yield from EXPORTS[name](context, kind, records)


def _json(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> Iterator[Artifact]:
    rows = []
    for record in records:
        address = kind.address_of(record)
        url = (context.absolute(address) or address) if address else ""
        rows.append(as_data(context, record) | ({"url": url} if url else {}))
    text = json.dumps({kind.name: rows}, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    yield Artifact(urls.kind_data(kind.name, "json"), f"{text}\n".encode(), kind.source)


def _csv(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> Iterator[Artifact]:
    """A CSV file for spreadsheets: Chinese titles, UTF-8 with BOM, and no cell that could run as a formula."""
    rows = [row for row in fields_of(kind.record) if not (row.private or is_file(row.kind))]
    rows = [row for row in rows if row.name not in ("visibility", "lint_allow", "ordinary")]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([row.zh for row in rows])
    for record in records:
        cells = (_cell(context, row.kind, getattr(record, row.name)) for row in rows)
        # Leading blanks are removed first, because a spreadsheet may run a formula that follows a blank or a tab.
        table.writerow([guarded(each.strip()) for each in cells])
    content = out.getvalue().encode("utf-8-sig")
    yield Artifact(urls.kind_data(kind.name, "csv"), content, kind.source)


def _cell(context: RenderContext, kind: Any, value: Any) -> str:
    if value in (None, ()):
        return ""
    if isinstance(kind, ListOf):
        return "、".join(_cell(context, kind.item, each) for each in value)
    if isinstance(kind, Nested):
        rows = fields_of(kind.record)
        parts = (_inside(context, row, getattr(value, row.name)) for row in rows if not row.private)
        return " ".join(part for part in parts if part)
    if isinstance(kind, Reference):
        return name_of(context.library, kind.to, value)
    if isinstance(value, date | PartialDate):
        return value.isoformat()
    return said(kind, value)


def _inside(context: RenderContext, row: Field, value: Any) -> str:
    """A field of a nested record in a cell. A flag says its own name, since 是 alone would say nothing."""
    if isinstance(value, bool):
        return row.zh if value else ""
    return _cell(context, row.kind, value)


# --- calendars: RFC 5545 -------------------------------------------------------------------------


def _ics(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> Iterator[Artifact]:
    """A calendar file for each record that has a page, and one for all records."""
    entries = {record.id: _entry(context, kind, record) for record in records}
    for record in (each for each in records if kind.address_of(each)):
        uri = f"{kind.address_of(record)}{kind.one}.ics"
        yield Artifact(uri, _calendar([entries[record.id]]), record.origin.location.path)
    yield Artifact(f"{kind.address}{kind.name}.ics", _calendar(entries.values()), kind.source)


def taken_along(context: RenderContext, kind: RecordKind, record: Any, page: str) -> list[Link]:
    """Links to files that a visitor of a record's page may save.

    It is the calendar file of an event that is to come and not cancelled.
    """
    if "ics" not in kind.exports or kind.is_off(record):
        return []
    if (record.until or record.at).day < context.settings.today:
        return []
    return [Link("记到手机日历", urls.relative(f"{page}{kind.one}.ics", page))]


def _calendar(entries: Any) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//xiangji//ZH"]
    for each in entries:
        lines += each
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _entry(context: RenderContext, kind: RecordKind, record: Any) -> list[str]:
    host = urlsplit(context.settings.site_url or "").hostname or "example.invalid"
    place = context.library.places.get(record.place or "")
    begins, ends = _span(record.at, record.until)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{record.id}@{host}",
        # DTSTAMP is required. The time of writing is unknown, and the day of the build would change the file every
        # day.
        f"DTSTAMP:{_utc(record.at)}",
        f"DTSTART{begins}",
        *([f"DTEND{ends}"] if ends else []),
        f"SUMMARY:{_text(kind.title_of(record))}",
        *([f"LOCATION:{_text(place.full_name)}"] if place else []),
        *([f"DESCRIPTION:{_text(record.text)}"] if record.text else []),
    ]
    url = context.absolute(kind.address_of(record))
    lines += [f"URL:{url}"] if url else []
    lines += ["STATUS:CANCELLED"] if kind.is_off(record) else []
    return [*lines, "END:VEVENT"]


def _instant(moment: Moment) -> datetime:
    hours, minutes = map(int, (moment.time or "00:00").split(":"))
    day = moment.day
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=CHINA)


def _utc(moment: Moment) -> str:
    return _instant(moment).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _span(begin: Moment, end: Moment | None) -> tuple[str, str]:
    """DTSTART and DTEND of an entry. They are dates if the event begins on a day without a time, else UTC times.

    RFC 5545 requires both to be of the same type. DTEND is exclusive. It is left out if it would not be after
    DTSTART.
    """
    next_day = end.day + timedelta(days=1) if end else None
    if not begin.time:
        return _date(begin.day), _date(next_day) if next_day else ""
    if end is None or next_day is None or (end.time and end <= begin):
        return f":{_utc(begin)}", ""
    return f":{_utc(begin)}", f":{_utc(end if end.time else Moment(next_day))}"


def _date(day: date) -> str:
    return f";VALUE=DATE:{day:%Y%m%d}"


def _text(text: str) -> str:
    """A text with `\\` before the characters that have a meaning in a calendar, and without control characters."""
    plain = text.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = re.split(r"\r\n|\r|\n", plain)
    return "\\n".join(_CONTROL.sub("", line) for line in lines)


_CONTROL = late_pattern(r"[\x00-\x08\x0a-\x1f\x7f]")


def _folded(line: str, most: int = 75) -> str:
    """A line folded into pieces of at most 75 bytes (RFC 5545), never within a character."""
    pieces, piece, length = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > most:
            pieces.append(piece)
            piece, length = " ", 1
        piece, length = piece + sign, length + size
    return "\r\n".join([*pieces, piece])


EXPORTS: dict[str, Export] = {"json": _json, "csv": _csv, "ics": _ics, "hsds": hsds}
"""The writers of data files, by the name that a kind declares."""
