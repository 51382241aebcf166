"""JSON Schemas (draft 2020-12) of the files that authors write, made from the field table.

An editor completes keys and words by them and marks slips before a file is saved. They know what one
file can tell: a key, a word, a form. What depends on other files (references, duplicates, dates) is
told by `xiangji check`. They know the printed forms of a key and a word; the reader takes a few more.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from xiangji import urls
from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import (
    AnyValueType,
    Choice,
    Field,
    ListOf,
    Nested,
    Reference,
    ValueType,
    Word,
    fields_of,
    record_name,
)
from xiangji.records.brand import Brand
from xiangji.render.outputs import Artifact

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class FileKind(Struct, frozen=True):
    """A kind of file: the record it holds, and where it lies.

    `places` are globs below the village without the ending; `given` are fields that come from the
    file's name instead.
    """

    name: str
    record: type[Any]
    places: tuple[str, ...]
    given: tuple[str, ...] = ()
    listed: bool = False
    """Whether the file holds a list of such records, bare or below one key."""

    @property
    def globs(self) -> tuple[str, ...]:
        """The files, as an editor's settings name them."""
        return tuple(f"{place}.{ending}" for place in self.places for ending in ("yml", "yaml"))


_BRAND = FileKind("brand", Brand, ("products/brand",))
"""The file of which a village has one."""


@cache
def files() -> tuple[FileKind, ...]:
    """Every kind of file that an author writes, those of the kinds that are installed among them."""
    found = [_BRAND]
    for kind in installed_kinds().kinds:
        for each in (file for file in kind.record_files if file.ending != "csv"):
            # Facts on top of Markdown: editors with a field for front matter can be pointed to the schema.
            places = each.places if each.ending == "yml" else ()
            record = each.wrapper or kind.record
            found.append(FileKind(each.name, record, places, each.given, each.listed))
    return tuple(found)


def artifacts(source: str) -> list[Artifact]:
    """The schemas as files of the site."""
    return [
        Artifact(urls.schema(each.name), schema_text(each).encode(), source) for each in files()
    ]


@cache
def schema_text(kind: FileKind) -> str:
    """A schema as it is written to disk: the same bytes whoever makes it, for every village."""
    told = msgspec.json.encode(schema_of(kind))
    return msgspec.json.format(told, indent=1).decode() + "\n"


def schema_of(kind: FileKind) -> Schema:
    """The schema of a whole file, with the records inside it under `$defs`."""
    zh, en = record_name(kind.record)
    inside = records_inside(kind.record)
    if kind.listed:
        return _list_file(kind, inside)
    return {
        "$schema": DRAFT,
        "title": f"{zh} / {en.removeprefix('The ').capitalize()}",
        **_record(kind.record, kind.given),
        "$defs": {each.__name__: _record(each) for each in inside},
    }


def _list_file(kind: FileKind, inside: list[type[Any]]) -> Schema:
    """The schema of a file with several records: a list, or one key with a list below it."""
    zh, en = record_name(kind.record)
    items: Schema = {"type": "array", "items": {"$ref": f"#/$defs/{kind.record.__name__}"}}
    below = {"type": "object", "minProperties": 1, "maxProperties": 1}
    return {
        "$schema": DRAFT,
        "title": f"{zh}（一份文件几条） / {en.removeprefix('The ').capitalize()}, several",
        "anyOf": [items, {**below, "additionalProperties": items}, {"type": "null"}],
        "$defs": {each.__name__: _record(each) for each in (kind.record, *inside)},
    }


def records_inside(record: type[Any]) -> list[type[Any]]:
    """Every record class inside a record, each once, in the order of the table."""
    found: dict[type[Any], None] = {}
    for row in fields_of(record):
        kind = row.item
        if isinstance(kind, Nested):
            found.update(dict.fromkeys([kind.record, *records_inside(kind.record)]))
    return list(found)


def _record(record: type[Any], given: tuple[str, ...] = ()) -> Schema:
    rows = fields_of(record)
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _property(row) for row in rows for key in row.keys},
    }
    required = [row for row in rows if row.required and row.name not in given]
    if required:
        # Whichever of its names the author chose.
        made["allOf"] = [{"anyOf": [{"required": [key]} for key in row.keys]} for row in required]
    return made


def _property(row: Field) -> Schema:
    """One key. Every key of a field says both names, so an author sees they are the same."""
    told = f"{row.zh}：{row.help_zh}。{'必填。' if row.required else ''}"
    told_en = f"{row.name}: {row.help_en}{' (required)' if row.required else ''}"
    made = {"description": f"{told}\n{told_en}", **_value(row.kind)}
    if not row.required:
        _allow_nothing(made)
    return made


def _allow_nothing(made: Schema) -> None:
    """A key with nothing after it counts as not written."""
    if "$ref" in made:
        made["anyOf"] = [{"$ref": made.pop("$ref")}, {"type": "null"}]
    elif "enum" in made:
        made["enum"] = [*made["enum"], None]
    else:
        made["type"] = [*made["type"], "null"]


def _value(kind: AnyValueType) -> Schema:
    if isinstance(kind, Nested):
        return {"$ref": f"#/$defs/{kind.record.__name__}"}
    if isinstance(kind, ListOf):
        return _list(kind)
    if isinstance(kind, Choice):
        return {"enum": [word for each in kind.words for word in _forms(each)]}
    if isinstance(kind, Reference):
        return {"type": ["string", "number"]}
    return _scalar(kind)


def _forms(word: Word) -> list[str]:
    """A word as it may be written: Chinese, the English key, and the key with hyphens."""
    return list(dict.fromkeys((str(word), word.key, word.key.replace("_", "-"))))


def _scalar(kind: ValueType) -> Schema:
    """YAML makes numbers and booleans of some texts; the reader takes all as written."""
    if kind.choices:
        numbers = [int(each) for each in kind.choices if each.isdecimal()]
        return {"enum": [*kind.choices, True, False, *numbers]}
    made: Schema = {"type": ["string", "number"]}
    if kind.pattern:
        made |= {"examples": [kind.example], "pattern": kind.pattern}
    return made


def _list(kind: ListOf) -> Schema:
    """A YAML list; of anything but records also one text with 、 between the items."""
    made: Schema = {"type": ["array"], "items": _value(kind.item)}
    if isinstance(kind.item, Nested):
        return made
    made["type"] += ["string", "number"]
    if isinstance(kind.item, Choice):
        words = "|".join(re.escape(form) for each in kind.item.words for form in _forms(each))
        # As `reader` splits: ids and words may be parted by commas and blanks as well.
        made["pattern"] = rf"^\s*({words})([、；;，,\s]+({words}))*[、；;，,\s]*$"
    return made
