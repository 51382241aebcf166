"""Writes service points as HSDS 3 (Human Services Data Specification): tables and their `datapackage.json`.

Directories of social services read this form. Names, statuses and types are those of HSDS 3.0. Ids have to be UUIDs there: each is made
of the address of its page, so that it stays the same.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from xiangji.model.kind import RecordKind
from xiangji.model.parsing.telephone import telephones
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact

FOLDER = "data/hsds/"

TABLES: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description"),
    "service": ("id", "organization_id", "name", "description", "url", "status"),
    "location": ("id", "location_type", "name", "description"),
    "service_at_location": ("id", "service_id", "location_id"),
    "phone": ("id", "service_id", "number"),
    "schedule": ("id", "service_id", "description"),
}
"""The tables and their columns. A village has no more to say than these."""

_FILES = {
    "organization": "organizations",
    "service": "services",
    "location": "locations",
    "service_at_location": "service_at_location",
    "phone": "phones",
    "schedule": "schedules",
}
"""The names of the files. HSDS names a table in the singular and its file in the plural, but for one."""

_REQUIRED = frozenset(
    {
        ("organization", "name"),
        ("organization", "description"),
        ("service", "organization_id"),
        ("service", "name"),
        ("service", "status"),
        ("location", "location_type"),
        ("service_at_location", "service_id"),
        ("service_at_location", "location_id"),
        ("phone", "number"),
    }
)
"""The columns that may not be empty in HSDS, besides `id`."""

_WORDS = {
    "status": ("active", "inactive", "defunct", "temporarily closed"),
    "location_type": ("physical", "postal", "virtual"),
}
"""The columns with a vocabulary."""

_KEYS = {
    "service": (("organization_id", "organization"),),
    "service_at_location": (("service_id", "service"), ("location_id", "location")),
    "phone": (("service_id", "service"),),
    "schedule": (("service_id", "service"),),
}
"""The columns of a table that name a row of another."""


def hsds(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> Iterator[Artifact]:
    """Yield the tables of the service points, and the description of them."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in TABLES}
    for record in records:
        for name, row in _rows(context, kind, record):
            tables[name].setdefault(row[0], row)
    for name, rows in tables.items():
        yield Artifact(
            f"{FOLDER}{_FILES[name]}.csv", _csv(TABLES[name], rows.values()), kind.source
        )
    described = json.dumps(_package(context, kind), ensure_ascii=False, indent=1)
    yield Artifact(f"{FOLDER}datapackage.json", f"{described}\n".encode(), kind.source)


def _rows(
    context: RenderContext, kind: RecordKind, point: Any
) -> Iterator[tuple[str, tuple[str, ...]]]:
    library, address = context.library, kind.address_of(point)
    link = context.absolute(address) or ""  # A URI has the site's address in it.
    url = link or address
    service, home = _id(url), context.absolute("") or "/"
    partner = library.partners.get(point.partners[0]) if point.partners else None
    owner = partner.name if partner else library.brand.name
    yield "organization", (_id(home, owner), owner, (partner.intro if partner else "") or owner)
    told = point.text or "；".join(point.helps) or point.title
    yield "service", (service, _id(home, owner), point.title, told, link, "active")
    place = library.places.get(point.place) if point.place else None
    if place is not None:
        location = _id(home, point.place)
        yield "location", (location, "physical", place.name, point.way or place.name)
        yield "service_at_location", (_id(url, "at"), service, location)
    for number in telephones(point.telephone) if point.telephone else ():
        yield "phone", (_id(url, str(number)), service, str(number))
    if point.hours:
        yield "schedule", (_id(url, "hours"), service, point.hours)


def _id(url: str, part: str = "") -> str:
    return str(uuid5(NAMESPACE_URL, f"{url}#{part}" if part else url))


def _csv(columns: Sequence[str], rows: Any) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    return out.getvalue().encode()


def _package(context: RenderContext, kind: RecordKind) -> dict[str, Any]:
    return {
        "name": "hsds",
        "title": f"{context.library.brand.name}：{kind.heading}",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": f"{_FILES[name]}.csv",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [_field(name, column) for column in columns],
                    "primaryKey": "id",
                    "foreignKeys": [
                        {"fields": column, "reference": {"resource": other, "fields": "id"}}
                        for column, other in _KEYS.get(name, ())
                    ],
                },
            }
            for name, columns in TABLES.items()
        ],
    }


def _field(table: str, column: str) -> dict[str, Any]:
    """Return a column as Table Schema describes it, with what HSDS asks of its values."""
    limits: dict[str, Any] = {}
    if column == "id":
        limits |= {"required": True, "unique": True}
    elif (table, column) in _REQUIRED:
        limits["required"] = True
    if column in _WORDS:
        limits["enum"] = list(_WORDS[column])
    made: dict[str, Any] = {"name": column, "type": "string"}
    if column == "id" or column.endswith("_id"):
        made["format"] = "uuid"
    elif column == "url":
        made["format"] = "uri"
    return made | ({"constraints": limits} if limits else {})
