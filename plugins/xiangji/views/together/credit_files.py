"""Writes all credits of a village as data files, for whoever counts contributions or makes a list of thanks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.library.people.credited import NOTES, CreditedWork
from xiangji.readers.tables.cell_value import guarded
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact
from xiangji.views.said import address_of, name_of
from xiangji.views.together.credits import named_people

_NAME = "credits"
_SOURCE = "products/brand.yml"
_COLUMNS = {
    "title": "哪里",
    "url": "网址",
    "role": "做什么",
    "picture": "图片",
    "people": "谁",
    "unnamed": "没有公开姓名的",
    "teams": "队伍",
    "partners": "伙伴",
    "bodies": "单位",
}


_WHO = ("people", "unnamed", "teams", "partners", "bodies")


def credit_files(context: RenderContext) -> Iterator[Artifact]:
    """`data/credits.json` and `.csv`, if anybody is credited."""
    every = (_row(context, each) for each in context.library.credited_works())
    rows = [each for each in every if any(each[name] for name in _WHO)]
    if not rows:
        return
    text = json.dumps({_NAME: rows}, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    yield Artifact(urls.kind_data(_NAME, "json"), f"{text}\n".encode(), _SOURCE)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS.values())
    for row in rows:
        table.writerow([guarded(_cell(row[name]).strip()) for name in _COLUMNS])
    yield Artifact(urls.kind_data(_NAME, "csv"), out.getvalue().encode("utf-8-sig"), _SOURCE)


def _row(context: RenderContext, work: CreditedWork) -> dict[str, Any]:
    library, credit = context.library, work.credit
    people = named_people(context, credit.people)
    address = _address(context, work)
    return {
        "kind": work.kind,
        "title": _title(context, work),
        "url": (context.absolute(address) or address) if address else "",
        "role": credit.role,
        "picture": work.of_picture,
        "people": [library.people[key].name for key in people.named],
        "unnamed": people.unnamed,
        "teams": [name_of(library, "teams", key) for key in credit.teams],
        "partners": [name_of(library, "partners", key) for key in credit.partners],
        "bodies": [*credit.bodies],
    }


def _title(context: RenderContext, work: CreditedWork) -> str:
    library = context.library
    if work.kind == NOTES:
        return library.note_title(work.key) or work.key
    return name_of(library, work.kind, work.key)


def _address(context: RenderContext, work: CreditedWork) -> str:
    if work.kind == NOTES:
        return urls.note(work.key)
    kind = kind_named(work.kind)
    return address_of(context, work.kind, work.key) if kind else ""


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return "、".join(value) if isinstance(value, list) else str(value or "")
