"""`xiangji kinds`: describes what a village can write down, from the installed kinds and their fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.cli.text_table import aligned
from xiangji.cli.words import say
from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import (
    Field,
    ListOf,
    Nested,
    Reference,
    example_of,
    fields_of,
    fold_key,
    record_name,
)
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import LINE, MEDIA, PROSE


def kind_called(name: str) -> RecordKind | None:
    """Return the kind with this name, file name or title, in either language; None if there is none."""
    wanted = fold_key(name)
    for kind in installed_kinds().kinds:
        if wanted in map(fold_key, (kind.name, kind.one, kind.heading, *record_name(kind.record))):
            return kind
    return None


def all_kinds(lang: str) -> str:
    """Return a table of all kinds: name, title, and the files of their records."""
    rows = [
        [kind.name, record_name(kind.record)[lang != "zh"], _places(kind)[0]]
        for kind in installed_kinds().kinds
    ]
    return aligned(rows) + "\n\n" + say("kinds-one", lang)


def one_kind(kind: RecordKind, lang: str) -> str:
    """Return the description of a kind: its files, an example to copy, every field, and the guide of its author."""
    zh, en = record_name(kind.record)
    parts = [
        f"{zh if lang == 'zh' else en}\n" + "\n".join(f"  {place}" for place in _places(kind)),
        say("kinds-example", lang) + "\n\n" + "\n".join(_example(kind.record, "")),
        say("kinds-fields", lang) + "\n\n" + _fields(kind.record, lang),
    ]
    return "\n\n".join([*parts, kind.guide.strip()] if kind.guide else parts)


def _places(kind: RecordKind) -> list[str]:
    """Return the files in which a kind's records lie, with the recommended one first."""
    if kind.within:
        return [kind.within.file]
    files = sorted(kind.record_files, key=lambda each: not each.listed)
    return [f"{place}.{each.ending}" for each in files for place in each.places]


def _example(record: type[Any], indent: str) -> Iterator[str]:
    """Yield an example: the required fields and some others, with valid values.

    References and media are left out, because the reader may not have such a record or file.
    """
    fields = fields_of(record)
    others = [r for r in fields if not (r.required or r.private or _names_another(r))]
    for row in (*(row for row in fields if row.required), *others[:4]):
        item = row.item
        if not isinstance(item, Nested):
            yield f"{indent}{row.zh}: {'……' if item in (LINE, PROSE) else example_of(row.kind)}"
            continue
        inside = list(_example(item.record, indent + "    "))
        if isinstance(row.kind, ListOf):
            inside[0] = f"{indent}  - {inside[0].lstrip()}"
        yield f"{indent}{row.zh}:"
        yield from inside


def _names_another(row: Field) -> bool:
    """Whether a value refers to a record or a file that the reader may not have."""
    return isinstance(row.item, Reference) or row.item is MEDIA


def _fields(record: type[Any], lang: str) -> str:
    return aligned([_row(row, lang) for row in fields_of(record)])


def _row(row: Field, lang: str) -> list[str]:
    mark = say("kinds-required", lang) if row.required else ""
    return [row.zh, row.name, mark, row.help_zh if lang == "zh" else row.help_en]
