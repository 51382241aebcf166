"""`xiangji import --kind`: shows the records of a kind from a table, and with `--write` adds them.

Existing records are never changed. With one error anywhere in the table, nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from xiangji.checks import check
from xiangji.cli.content.import_table import finish, left_out, name_of, wants_table
from xiangji.cli.text_table import aligned
from xiangji.cli.village import problems_text
from xiangji.cli.words import message_key, say
from xiangji.editing.batch_files import differing
from xiangji.editing.record_files import can_be_added, place_of_records, plan_records
from xiangji.kinds.installed import installed_kinds
from xiangji.library.references import assemble
from xiangji.model.fields import fields_of, fold_key, label, record_name
from xiangji.model.folders import FOLDER
from xiangji.model.kind import RecordKind
from xiangji.model.nearest import suggestion
from xiangji.model.node import Scalar
from xiangji.problems import Problem, Report, fatal, in_order
from xiangji.readers.gathered import Gathered
from xiangji.readers.kind_files import table_of
from xiangji.readers.tables.private_columns import Withholding
from xiangji.readers.tables.registers import ID_TITLE, OutsideTable, ReadRow, Register
from xiangji.readers.tables.workbook import LARGEST
from xiangji.readers.text_file import read_bytes
from xiangji.readers.village import gather
from xiangji.records.batch import Batch
from xiangji.settings import Settings


class RecordImport(Struct, frozen=True):
    """A table compared with the village: its rows, the existing records by id, and all problems."""

    kind: RecordKind
    table: Register[Any]
    name: str
    there: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def new(self) -> list[ReadRow[Any]]:
        """The rows whose records the village does not have."""
        return [row for row in self.table.read if row.record and self.same(row) is None]

    def same(self, row: ReadRow[Any]) -> Any:
        """Return the village's record with the id of a row; None if there is none."""
        return self.there.get(row.record.id) if row.record else None

    def told_of(self, row: ReadRow[Any]) -> list[Problem]:
        """Return the problems of a row. A row may cover several lines, because a cell may contain line breaks."""
        lines = [row.node.location.line, *(value.location.line for _, value in row.node.entries)]
        wanted = range(min(lines), max(lines) + 1)
        return [each for each in self.problems if each.location.line in wanted]


def import_kind(
    lang: str,
    settings: Settings,
    file: Path,
    kind: RecordKind,
    wanted: bool,
    private: Collection[str] = (),
) -> int:
    """Show the table in `file`, and write its new records if `wanted`. Returns the exit status.

    `private` are the titles of private columns that are read.
    """
    wants_table(lang, file)
    gathered = gather(settings.root, settings.docs_dir)
    found = _held(gathered, settings, file, kind, private)
    click.echo("\n".join(_told(lang, found)))
    problems = in_order([*found.problems, *_at_the_place(gathered, found)])
    if problems:
        click.echo(f"\n{problems_text(problems, lang, settings.root, table=file)}", err=True)
    if fatal(problems, strict=False):
        click.echo(f"\n{say('import-stopped', lang)}", err=True)
        return 1
    planned = plan_records(settings.root, kind, found.new)
    if planned.obstacle:
        click.echo(f"\n{say(message_key(planned.obstacle), lang, about=planned.about)}", err=True)
        return 1
    return finish(lang, settings, planned, wanted, len(found.new), "records")


def kind_to_import(lang: str, given: str) -> RecordKind:
    """Return the kind with this name, in any of its forms.

    Raises click.UsageError if there is none, or if its records cannot be added from a table.
    """
    every = installed_kinds().kinds
    able = [kind for kind in every if can_be_added(kind) or kind.record is Batch]
    known = "、".join(f"{kind.name}（{record_name(kind.record)[0]}）" for kind in able)
    for kind in every:
        if fold_key(given) not in map(fold_key, _names(kind)):
            continue
        if kind in able:
            return kind
        places = (f"{place}.{each.ending}" for each in kind.record_files for place in each.places)
        place = "、".join(places)
        raise click.UsageError(
            say("records-elsewhere", lang, value=given, place=place, known=known)
        )
    names = [name for kind in able for name in _names(kind)]
    near = suggestion(given, names)[0 if lang == "zh" else 1]
    raise click.UsageError(say("records-no-kind", lang, value=given, near=near, known=known))


def _names(kind: RecordKind) -> tuple[str, ...]:
    return kind.name, kind.one, kind.heading, record_name(kind.record)[0]


def _held(
    gathered: Gathered, settings: Settings, file: Path, kind: RecordKind, private: Collection[str]
) -> RecordImport:
    """Read a table and check its new records as if they were in the village."""
    name, report = name_of(settings, file), Report()
    raw = read_bytes(file, name, report, LARGEST)
    before = _records(gathered, kind)
    table: Register[Any] = Register()
    if raw is not None:
        ids = partial(_id_for, _by_title(kind, before))
        outside = OutsideTable(kind.title, ids, Withholding(private))
        table = table_of(kind, file, name, raw, report, outside)
    found = RecordImport(kind, table, name, {each.id: each for each in before})
    after = (*before, *(row.record for row in found.new))
    library, problems = assemble(_with(gathered, kind, after))
    judged = [*problems, *(check(library, settings.today) if library else ())]
    here = [each for each in judged if each.location.path == name]
    return replace(found, problems=in_order([*report.problems, *here]))


def _by_title(kind: RecordKind, records: Iterable[Any]) -> dict[str, str]:
    """Return the ids of records by title. A title of several records has none."""
    found: dict[str, str] = {}
    for each in records:
        title = fold_key(kind.title_of(each))
        found[title] = "" if title in found else each.id
    return found


def _id_for(known: Mapping[str, str], title: str) -> str:
    """Return the id of the record with this title, or one made of its pinyin."""
    from xiangji.render.pinyin import spelling

    return known.get(fold_key(title)) or spelling().slug(title)


def _records(gathered: Gathered, kind: RecordKind) -> tuple[Any, ...]:
    """Return the village's records of a kind."""
    if kind.within:
        return tuple(getattr(gathered.brand, kind.within.field)) if gathered.brand else ()
    if kind.is_further:
        return gathered.shelves.get(kind.name, ())
    return tuple(getattr(gathered, kind.name))


def _with(gathered: Gathered, kind: RecordKind, records: tuple[Any, ...]) -> Gathered:
    """Return the content of the village with these records of a kind."""
    if kind.within:
        if gathered.brand is None:
            return gathered
        return replace(gathered, brand=replace(gathered.brand, **{kind.within.field: records}))
    if kind.is_further:
        return replace(gathered, shelves=gathered.shelves | {kind.name: records})
    return replace(gathered, **{kind.name: records})


def _at_the_place(gathered: Gathered, found: RecordImport) -> list[Problem]:
    """Return the problems of the files with records of this kind: an unread file may hold a record of the table."""
    kind = found.kind
    if kind.within:
        patterns = [kind.within.file]
    else:
        patterns = [f"{place}.*" for each in kind.record_files for place in each.places]
        patterns += [f"{FOLDER}/{kind.name}/*"] if kind.is_further else []
    told = (
        each
        for each in gathered.problems
        if any(fnmatch(each.location.path, pattern) for pattern in patterns)
    )
    return [each for each in told if each.location.path != found.name]


# --- what is shown ---------------------------------------------------------------------------


def _told(lang: str, found: RecordImport) -> Iterator[str]:
    kind = found.kind
    yield say("import-from", lang, name=found.name, sheet="")
    yield say("import-to", lang, place=place_of_records(kind))
    yield ""
    for column in found.table.columns:
        if column.meaning is not None:
            yield f"  {say('records-column', lang, n=column.number, name=column.name)}"
        elif column.title.text:
            yield f"  {left_out(lang, column)}"
    for each in found.table.skipped:
        yield f"  {say(message_key(f'import-skipped-{each.why}'), lang, line=each.line)}"
    if found.table.read:
        title = label(kind.record, kind.title) if lang == "zh" else kind.title
        heads = say("records-heads", lang, title=title).split("|")
        yield ""
        yield aligned([heads, *(_shown(lang, found, row) for row in found.table.read)])
    yield ""
    yield say("records-count", lang, **_counts(found))


def _counts(found: RecordImport) -> dict[str, int]:
    rows = found.table.read
    wrong = sum(_is_wrong(found, row) for row in rows)
    there = sum(not _is_wrong(found, row) and found.same(row) is not None for row in rows)
    return {"rows": len(rows), "new": len(rows) - wrong - there, "there": there, "wrong": wrong}


def _is_wrong(found: RecordImport, row: ReadRow[Any]) -> bool:
    return row.record is None or fatal(found.told_of(row), strict=False)


def _shown(lang: str, found: RecordImport, row: ReadRow[Any]) -> list[str]:
    """Return the cells of one line: a row as it was read, and the verdict."""
    names = {each.zh: each.name for each in fields_of(found.kind.record)} | {ID_TITLE: "id"}
    cells = {names[key.text]: value for key, value in row.node.entries}
    wanted = ("id", found.kind.title)
    texts = [_short(cells.get(name)) for name in wanted]
    if row.record and "id" not in cells:
        texts[0] = row.record.id
    others = sum(name not in wanted for name in cells)
    line = str(row.node.location.line)
    return [line, *texts, str(others), _verdict(lang, found, row)]


def _short(value: Any) -> str:
    text = value.text if isinstance(value, Scalar) else ""
    return " ".join(text.split())[:24] or "—"


def _verdict(lang: str, found: RecordImport, row: ReadRow[Any]) -> str:
    """Return ✓ for a new record, = for an existing one, ✗ with the errors."""
    here = found.told_of(row)
    if _is_wrong(found, row):
        errors = [each for each in here if fatal([each], strict=False)]
        return "✗ " + " ".join(dict.fromkeys(each.message(lang) for each in errors))
    record, there = row.record, found.same(row)
    if record is None or there is None:
        made = [] if row.named else [say("records-id-made", lang)]
        words = [*made, *(each.message(lang) for each in here)]
        return "；".join(["✓ " + say("import-new", lang), *words])
    written = record.origin.fields  # A field that the table leaves out is no difference.
    names = [label(found.kind.record, each) for each in differing(record, there) if each in written]
    other = say("import-other", lang, names="、".join(names)) if names else ""
    return f"= {say('import-there', lang)}{other}"
