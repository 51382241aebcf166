"""JSON Schemas (draft 2020-12) of the files that authors write, generated from the field table.

With them, an editor completes keys and words, and marks mistakes before a file is saved. A schema knows what can be
checked in one file: keys, words, formats. `xiangji check` reports what depends on other files: references,
duplicates, dates. A schema accepts the documented spellings of a key or word; the reader accepts a few more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from xiangji.model.kind import RecordKind
from xiangji.records.brand import Brand
from xiangji.render.outputs import Artifact

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class FileKind(Struct, frozen=True):
    """A kind of file: the class of its record, and the places where such files are.

    `places` are globs from the village's folder, without the ending. `given` are fields that come from the file's
    name and not from its text.
    """

    name: str
    record: type[Any]
    places: tuple[str, ...]
    given: tuple[str, ...] = ()
    listed: bool = False
    """Whether the file holds a list of such records, either bare or below one key."""

    @property
    def globs(self) -> tuple[str, ...]:
        """The globs with endings, as they are written in an editor's settings."""
        return tuple(f"{place}.{ending}" for place in self.places for ending in ("yml", "yaml"))


_BRAND = FileKind("brand", Brand, ("products/brand",))
"""The brand file, of which a village has exactly one."""


@cache
def files() -> tuple[FileKind, ...]:
    """Every kind of file that an author writes, including those of all installed kinds."""
    return (_BRAND, *(each for kind in installed_kinds().kinds for each in files_of(kind)))


def files_of(kind: RecordKind) -> Iterator[FileKind]:
    """Every kind of file with records of a kind that an author writes, except tables."""
    for each in (file for file in kind.record_files if file.ending != "csv"):
        # A Markdown file has no place, since its schema is for the front matter only. An editor can be set to use it.
        places = each.places if each.ending == "yml" else ()
        yield FileKind(each.name, each.wrapper or kind.record, places, each.given, each.listed)


def artifacts(used: Iterable[RecordKind], source: str) -> list[Artifact]:
    """The schemas of the brand and of the kinds `used` as files of the site."""
    found = (_BRAND, *(each for kind in used for each in files_of(kind)))
    return [Artifact(urls.schema(each.name), schema_text(each).encode(), source) for each in found]


@cache
def schema_text(kind: FileKind) -> str:
    """The text of a schema file. It depends on the program and the installed kinds only, not on the village."""
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
    """Every record class inside a record, at any depth, each once, in the order of the field table."""
    found: dict[type[Any], None] = {}
    for row in fields_of(record):
        kind = row.item
        if isinstance(kind, Nested):
            found.update(dict.fromkeys([kind.record, *records_inside(kind.record)]))
    return list(found)


def _record(record: type[Any], given: tuple[str, ...] = ()) -> Schema:
    rows = [(row, _property(row)) for row in fields_of(record)]
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: told for row, told in rows for key in row.keys},
    }
    required = [row for row, _ in rows if row.required and row.name not in given]
    if required:
        # The field is required, but under any of its keys.
        made["allOf"] = [{"anyOf": [{"required": [key]} for key in row.keys]} for row in required]
    return made


def _property(row: Field) -> Schema:
    """The schema of one key.

    The description names the field in Chinese and English, so an author sees which keys are equal.
    """
    told = f"{row.zh}：{row.help_zh}。{'必填。' if row.required else ''}"
    told_en = f"{row.name}: {row.help_en}{' (required)' if row.required else ''}"
    made = {"description": f"{told}\n{told_en}", **_value(row.kind)}
    if not row.required:
        _allow_nothing(made)
    return made


def _allow_nothing(made: Schema) -> None:
    """Also accept null, because the reader treats a key without a value as absent."""
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
    """The spellings of a word: Chinese, its English key, and the key with hyphens."""
    return list(dict.fromkeys((str(word), word.key, word.key.replace("_", "-"))))


def _scalar(kind: ValueType) -> Schema:
    """The schema of a scalar. YAML turns some texts into numbers and booleans, so these types are accepted too."""
    if kind.choices:
        numbers = [int(each) for each in kind.choices if each.isdecimal()]
        return {"enum": [*kind.choices, True, False, *numbers]}
    made: Schema = {"type": ["string", "number"]}
    if kind.offered:
        made["examples"] = [*kind.offered]
    if kind.pattern:
        made |= {"examples": [kind.example], "pattern": kind.pattern}
    return made


def _list(kind: ListOf) -> Schema:
    """The schema of a list: a YAML list, or, except for records, one text with 、 between the items."""
    made: Schema = {"type": ["array"], "items": _value(kind.item)}
    if isinstance(kind.item, Nested):
        return made
    made["type"] += ["string", "number"]
    if isinstance(kind.item, Choice):
        words = "|".join(re.escape(form) for each in kind.item.words for form in _forms(each))
        # The reader splits ids and words at commas and blanks as well.
        made["pattern"] = rf"^\s*({words})([、；;，,\s]+({words}))*[、；;，,\s]*$"
    return made
