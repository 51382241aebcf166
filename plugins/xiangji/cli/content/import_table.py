"""`xiangji import`: shows how each row of a table of batches was read, and with `--write` adds the new batches.

Existing batches are never changed. With one error anywhere in the table, nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from xiangji.checks import check
from xiangji.cli.text_table import aligned
from xiangji.cli.village import problems_text, unwritten
from xiangji.cli.words import message_key, say
from xiangji.editing.batch_files import ImportPlan, NewBatch, differing, place_of, plan, write
from xiangji.editing.undo import NotKept
from xiangji.library.references import assemble
from xiangji.model.fields import label
from xiangji.model.nearest import suggestion
from xiangji.problems import Problem, Report, fatal, in_order
from xiangji.readers.gathered import Gathered
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table, TableRow, read_table
from xiangji.readers.tables.columns import Column, OwnerColumn
from xiangji.readers.tables.ledger import ProductNames, has_owners, ledger_rows, own_rows
from xiangji.readers.tables.private_columns import Withholding
from xiangji.readers.tables.skipped_rows import GUIDE_TITLE
from xiangji.readers.tables.workbook import ENDINGS
from xiangji.readers.village import gather
from xiangji.records.batch import Batch
from xiangji.settings import Settings

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey

TEXTS = (".csv", ".txt", ".tsv")


class BatchImport(Struct, frozen=True):
    """A table compared with the village: its rows with their records, the existing batches by lot, and all problems."""

    table: Table
    name: str
    records: tuple[tuple[TableRow, Batch | None], ...]
    there: Mapping[str, Batch]
    """The batches of the village by key."""
    problems: tuple[Problem, ...]

    @property
    def new(self) -> list[NewBatch]:
        """The batches that the village does not have."""
        return [NewBatch(r, b) for r, b in self.records if b and b.key not in self.there]


def import_table(
    lang: str,
    settings: Settings,
    file: Path,
    product: str | None,
    wanted: bool,
    private: Collection[str] = (),
) -> int:
    """Show the table in `file`, and write its new batches if `wanted`. Returns the exit status.

    `private` are the titles of private columns that are read.
    """
    wants_table(lang, file)
    root = settings.root
    gathered = gather(root, settings.docs_dir)
    report = Report()
    table = read_table(file, name_of(settings, file), report, Withholding(private))
    given = product is not None or not has_owners(table)
    owner = _product(lang, gathered, root, file, product) if given else None
    found = _held(gathered, settings, file, table, owner, report)
    places = _places(root, found, owner)
    click.echo("\n".join(_told(lang, found, "、".join(places))))
    problems = in_order([*found.problems, *_at_the_place(gathered, places, found.name)])
    if problems:
        click.echo(f"\n{problems_text(problems, lang, root, table=file)}", err=True)
    if fatal(problems, strict=False):
        click.echo(f"\n{say('import-stopped', lang)}", err=True)
        return 1
    planned = plan(root / "products", found.new)
    if planned.obstacle:
        assert planned.place is not None
        said = {"place": planned.place.relative_to(root).as_posix(), "about": planned.about}
        click.echo(f"\n{say(message_key(planned.obstacle), lang, **said)}", err=True)
        return 1
    return finish(lang, settings, planned, wanted, len(found.new))


def wants_table(lang: str, file: Path) -> None:
    """Check that the file exists and may be a table. Raises click.UsageError otherwise."""
    if not file.is_file():
        raise click.UsageError(say("import-no-table", lang, path=file))
    if file.suffix.lower() not in (*TEXTS, *ENDINGS):
        raise click.UsageError(say("import-kind", lang, path=file))


def finish(
    lang: str,
    settings: Settings,
    planned: ImportPlan,
    wanted: bool,
    count: int,
    what: str = "import",
) -> int:
    """Write what was planned, if it is `wanted`. `what` is the prefix of the message keys. Returns the exit status."""
    root = settings.root
    if not planned.additions:
        click.echo(f"\n{say(message_key(f'{what}-nothing'), lang)}")
        return 0
    if not wanted:
        click.echo(f"\n{say(message_key(f'{what}-ask'), lang, count=count)}")
        return 0
    try:
        write(root, planned)
    except NotKept:
        click.echo(say("undo-not-kept", lang), err=True)
        return 1
    except OSError as error:
        out = planned.additions[0].file.relative_to(root)
        click.echo(unwritten(lang, out, error), err=True)
        return 1
    click.echo(f"\n{say(message_key(f'{what}-done'), lang, count=count)}")
    for each in planned.additions:
        click.echo(f"  {each.file.relative_to(root).as_posix()}")
    return 0


def _product(lang: str, gathered: Gathered, root: Path, file: Path, given: str | None) -> str:
    """Return the product that is meant: the one given, the one whose folder holds the table, or the only one.

    Raises click.UsageError otherwise.
    """
    known = [each.id for each in gathered.products]
    shown = "、".join(known) or "—"
    if given is not None:
        if given not in known:
            near = suggestion(given, known)[0 if lang == "zh" else 1]
            words = {"value": given, "near": near, "known": shown}
            raise click.UsageError(say("import-no-product", lang, **words))
        return given
    for product in known:
        if file.resolve().is_relative_to((root / "products" / product).resolve()):
            return product
    if len(known) == 1:
        return known[0]
    raise click.UsageError(say("import-which", lang, known=shown))


def _held(
    gathered: Gathered,
    settings: Settings,
    file: Path,
    table: Table,
    owner: str | None,
    report: Report,
) -> BatchImport:
    """Check the new batches of a table as if they were in the village.

    They are batches of the product `owner`, or without it of the products that the rows name.
    """
    name = name_of(settings, file)
    records = tuple(_records(gathered, table, owner, report))
    there = {each.key: each for each in gathered.batches}
    found = BatchImport(table, name, records, there, ())
    new = (each.batch for each in found.new)
    library, problems = assemble(replace(gathered, batches=(*gathered.batches, *new)))
    judged = [*problems, *(check(library, settings.today) if library else ())]
    here = [each for each in judged if each.location.path == name]
    return replace(found, problems=in_order([*report.problems, *here]))


def _records(
    gathered: Gathered, table: Table, owner: str | None, report: Report
) -> Iterator[tuple[TableRow, Batch | None]]:
    """Yield each row with its batch. The batch is None if the row cannot be read or its product is not known."""
    if owner is None:
        owned = {
            id(node): product
            for product, node in ledger_rows(table, ProductNames(gathered.products), report)
        }
    else:
        product = next((each for each in gathered.products if each.id == owner), None)
        owned = {id(node): owner for node in own_rows(table, product, report)}
    for row in table.rows:
        product_id = owned.get(id(row.node))
        if row.node is None or product_id is None:
            yield row, None
        else:
            yield row, read_record(Batch, row.node, report, row.location, product=product_id)


def name_of(settings: Settings, file: Path) -> str:
    """Return the name of a table in messages: its path relative to the village, if it lies there."""
    root = settings.root.resolve()
    inside = file.resolve().is_relative_to(root)
    return file.resolve().relative_to(root).as_posix() if inside else file.as_posix()


def _places(root: Path, found: BatchImport, owner: str | None) -> list[str]:
    """Return the files and folders that new batches are added to."""
    products = [owner] if owner else [batch.product for _, batch in found.records if batch]
    places = (place_of(root / "products" / each) for each in dict.fromkeys(products))
    return list(dict.fromkeys(each.relative_to(root).as_posix() for each in places))


def _at_the_place(gathered: Gathered, places: list[str], name: str) -> list[Problem]:
    """Return the problems of the files that new batches would be added to."""
    stems = tuple(each.rpartition("batches")[0] + "batches" for each in places)
    found = (each for each in gathered.problems if stems and each.location.path.startswith(stems))
    return [each for each in found if each.location.path != name]


# --- what is shown ---------------------------------------------------------------------------


def _told(lang: str, found: BatchImport, place: str) -> Iterator[str]:
    table = found.table
    sheet = say("import-sheet", lang, name=table.sheet) if table.sheet else ""
    yield say("import-from", lang, name=found.name, sheet=sheet)
    yield say("import-to", lang, place=place)
    yield ""
    for column in table.columns:
        if column.meaning is not None:
            unit = say("import-unit", lang, unit=column.unit) if column.unit else ""
            title = column.title.text
            yield (
                "  "
                + say("import-column-is", lang, n=column.number, title=title)
                + (f" → {column.name}{unit}")
            )
    for column in table.columns:
        if column.meaning is None and column.title.text:
            yield f"  {left_out(lang, column)}"
    for each in table.skipped:
        yield "  " + say(message_key(f"import-skipped-{each.why}"), lang, line=each.line)
    if found.records:
        yield ""
        heads = say("import-heads", lang).split("|")
        if has_owners(table):
            heads.insert(1, say("import-product-head", lang))
        yield aligned([heads, *(_shown(lang, found, *each) for each in found.records)])


def left_out(lang: str, column: Column) -> str:
    """Return the line about a column that is not read, with the reason."""
    what: MessageKey = "import-column-number" if column.counts else "import-column-unknown"
    if column.private:
        what = "import-column-private"
    elif column.title.text == GUIDE_TITLE:
        what = "import-column-guide"
    words = say("import-column-is", lang, n=column.number, title=column.title.text)
    return f"{words} → {say(what, lang, title=column.title.text)}"


def _shown(lang: str, found: BatchImport, row: TableRow, batch: Batch | None) -> list[str]:
    """Return the cells of one line: a row as it was read, and the verdict."""
    values = {each.field.name: value.text for each, value in row.cells if each.field}
    if batch:
        made, quantity = batch.dated, batch.quantity
        values |= {"made_on": str(made or ""), "quantity": str(quantity or "")}
        values["status"] = str(batch.status or "")
    names = ("lot", "made_on", "quantity", "status")
    shown = (*names, OwnerColumn.PRODUCT)
    others = len({id(value) for each, value in row.cells if each.meaning not in shown})
    cells = [" ".join(values.get(name, "").split())[:24] or "—" for name in names]
    if has_owners(found.table):
        written = row.product.text.strip() if row.product else ""
        cells.insert(0, batch.product if batch else written or "—")
    return [str(row.location.line), *cells, str(others), _verdict(lang, found, row, batch)]


def _verdict(lang: str, found: BatchImport, row: TableRow, batch: Batch | None) -> str:
    """Return ✓ for a new batch, = for an existing one, ✗ with the errors."""
    lines = range(row.location.line, _last_line(row) + 1)
    here = [each for each in found.problems if each.location.line in lines]
    errors = [each for each in here if fatal([each], strict=False)]
    if errors or batch is None:
        return "✗ " + " ".join(dict.fromkeys(each.message(lang) for each in errors))
    there = found.there.get(batch.key)
    if there is not None:
        written = batch.origin.fields  # A field that the table leaves out is no difference.
        names = [label(Batch, each) for each in differing(batch, there) if each in written]
        other = say("import-other", lang, names="、".join(names)) if names else ""
        return f"= {say('import-there', lang)}{other}"
    said = [f"{each.title} {each.written} → {each.meant}" for each in row.changes]
    said += [each.message(lang) for each in here]
    return "；".join(["✓ " + say("import-new", lang), *said])


def _last_line(row: TableRow) -> int:
    """Return the last line of a row; a cell with line breaks covers several lines."""
    return max((value.location.line for _, value in row.cells), default=row.location.line)
