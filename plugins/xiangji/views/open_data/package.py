"""Describes all tables that the site publishes: the page `/data/`, a Data Package, and a DCAT catalogue.

The description is made of the tables themselves, so none can be missing. Where the village has written no licence, none
is claimed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import escape
from msgspec import Struct

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.model.fields import fields_of
from xiangji.model.vocabularies import DataLicence
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact, Output, Page

LEAD = "网站上写着的，也能成表拿走：每一样一份 CSV，用 Excel、WPS 打得开；给程序用的是 JSON。"
NO_LICENCE = "村里没有写别人能怎么用这些数据。要用，先问村里。"
_SOURCE = "products/brand.yml"

_LICENCES = {
    DataLicence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    DataLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    DataLicence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}
"""Where each licence is written."""

_OTHERS = {
    "credits": ("署名", "谁为哪一篇、哪一样做了什么，本人同意了才写名字。"),
    "indicator-values": ("指标的数值", "一个指标一年一行：多少，谁数的。"),
}
"""Title and description of the tables that belong to no kind."""


class OpenTable(Struct, frozen=True):
    """One table: its name, what it has, its columns, and how many rows."""

    name: str
    title: str
    told: str
    columns: tuple[str, ...]
    count: int

    @property
    def file(self) -> str:
        """The file's name, beside the description."""
        return f"{self.name}.csv"


def tables_in(files: Sequence[Artifact]) -> tuple[OpenTable, ...]:
    """Return the tables among some files, in the order of their names."""
    return tuple(sorted((_table(each) for each in files), key=lambda table: table.name))


def is_table(made: Output) -> bool:
    """Whether an output is a table of its own. Those in a folder belong to a package of another standard."""
    parts = made.uri.split("/") if isinstance(made, Artifact) else []
    return len(parts) == 2 and parts[0] == "data" and parts[1].endswith(".csv")


def _table(file: Artifact) -> OpenTable:
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    name = file.uri.rpartition("/")[2].removesuffix(".csv")
    kind = kind_named(name)
    title, told = (kind.heading, kind.lead) if kind else _OTHERS.get(name, (name, name))
    return OpenTable(name, title, told, tuple(rows[0]), len(rows) - 1)


def open_data(context: RenderContext, files: Sequence[Artifact]) -> Iterator[Output]:
    """The page, the Data Package and the catalogue, if the site has any table."""
    tables = tables_in(files)
    if not tables:
        return
    yield Artifact(urls.DATA_PACKAGE, _json(_package(context, tables)), _SOURCE)
    yield Artifact(urls.DATA_CATALOGUE, _json(_catalogue(context, tables)), _SOURCE)
    page, title = urls.DATA, urls.DATA_TITLE
    document = context.render(
        "data.html",
        page,
        title=title,
        description=LEAD,
        styles=("usual", "lists", "story", "impact"),
        lead=LEAD,
        licence=_licence(context),
        no_licence=NO_LICENCE,
        rows=[_row(each, page) for each in tables],
        files=_described(context, page),
    )
    yield Page(page, title, LEAD, f"<p>{escape(LEAD)}</p>", document, _SOURCE)


def _row(table: OpenTable, page: str) -> dict[str, Any]:
    links = [
        Link(ending.upper(), urls.relative(urls.kind_data(table.name, ending), page))
        for ending in ("csv", "json")
        if ending == "csv" or table.name != "indicator-values"
    ]
    return {"title": table.title, "told": table.told, "count": table.count, "links": links}


def _described(context: RenderContext, page: str) -> list[Link]:
    found = [
        Link("所有表的说明（Data Package）", urls.relative(urls.DATA_PACKAGE, page)),
        Link("目录（DCAT）", urls.relative(urls.DATA_CATALOGUE, page)),
    ]
    if context.library.shelf("points"):
        file = f"{urls.DATA}hsds/datapackage.json"
        found.append(Link("服务点（HSDS 3）", urls.relative(file, page)))
    return found


def _licence(context: RenderContext) -> Link | None:
    licence = context.library.brand.data_licence
    return Link(str(licence), _LICENCES[licence]) if licence else None


def _json(made: dict[str, Any]) -> bytes:
    return f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode()


def _package(context: RenderContext, tables: Sequence[OpenTable]) -> dict[str, Any]:
    licence = _licence(context)
    licences = [{"title": licence.text, "path": licence.href}] if licence else []
    made: dict[str, Any] = {
        "name": "xiangji",
        "title": context.library.brand.name,
        "description": LEAD,
        "profile": "tabular-data-package",
        "resources": [_resource(each) for each in tables],
    }
    home = context.absolute("")
    return (
        made | ({"homepage": home} if home else {}) | ({"licenses": licences} if licences else {})
    )


def _resource(table: OpenTable) -> dict[str, Any]:
    kind = kind_named(table.name)
    told = {row.zh: (row.name, row.help_zh) for row in fields_of(kind.record)} if kind else {}
    fields = []
    for column in table.columns:
        made = {"name": column, "type": "string"}
        if column in told:
            made |= {"title": told[column][0], "description": told[column][1]}
        fields.append(made)
    return {
        "name": table.name,
        "title": table.title,
        "description": table.told,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "profile": "tabular-data-resource",
        "schema": {"fields": fields},
    }


def _catalogue(context: RenderContext, tables: Sequence[OpenTable]) -> dict[str, Any]:
    """The tables in terms of DCAT 3 (W3C), as JSON-LD."""
    licence = _licence(context)
    brand = context.library.brand
    rights: dict[str, Any] = {"dct:license": {"@id": licence.href}} if licence else {}
    sets = [
        {
            "@id": _at(context, f"{urls.DATA}#{table.name}"),
            "@type": "dcat:Dataset",
            "dct:title": {"@value": table.title, "@language": "zh"},
            "dct:description": {"@value": table.told, "@language": "zh"},
            **rights,
            "dcat:distribution": {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": _at(context, urls.kind_data(table.name, "csv"))},
                "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                **rights,
            },
        }
        for table in tables
    ]
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": _at(context, urls.DATA),
        "@type": "dcat:Catalog",
        "dct:title": {"@value": brand.name, "@language": "zh"},
        "dct:description": {"@value": LEAD, "@language": "zh"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": brand.name},
        **rights,
        "dcat:dataset": sets,
    }


def _at(context: RenderContext, address: str) -> str:
    """An address as an IRI; without an address of the site it is relative to the catalogue."""
    return context.absolute(address) or urls.relative(address, urls.DATA)
