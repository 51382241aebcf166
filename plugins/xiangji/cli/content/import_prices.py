"""`xiangji import --kind prices`: shows what a price list would change, and with `--write` changes the product files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from xiangji.cli.content.import_table import finish, left_out, name_of, wants_table
from xiangji.cli.text_table import aligned
from xiangji.cli.words import message_key, say
from xiangji.editing.batch_files import Addition, ImportPlan
from xiangji.editing.price_lines import variant_of, with_price
from xiangji.model.kind import RecordKind, always
from xiangji.model.node import Scalar
from xiangji.output.single_file import read_content
from xiangji.problems import Report, as_text, fatal, in_order
from xiangji.readers.kind_files import table_of
from xiangji.readers.tables.ledger import ProductNames
from xiangji.readers.tables.registers import ReadRow, Register
from xiangji.readers.tables.workbook import LARGEST
from xiangji.readers.text_file import read_bytes
from xiangji.readers.village import gather
from xiangji.records.price import Price
from xiangji.records.product import Product
from xiangji.settings import Settings

PRICES = RecordKind(
    name="prices",
    one="price",
    record=Price,
    heading="价目",
    lead="",
    publishable=always,
    title="name",
    measure="种规格",
)
"""How a price list is read and what its template has. It is no kind of record: prices lie in the products' files."""


class _Change(Struct, frozen=True):
    """A row of a price list with the product that it names."""

    row: ReadRow[Price]
    price: Price
    product: Product

    @property
    def before(self) -> str:
        """The price so far; empty if there is none."""
        variant = variant_of(self.product, self.price.name)
        return "" if variant is None or variant.price is None else str(variant.price)

    @property
    def is_new(self) -> bool:
        """Whether the product's file says something else so far."""
        variant = variant_of(self.product, self.price.name)
        return variant is None or variant.price != self.price.price


def import_prices(lang: str, settings: Settings, file: Path, wanted: bool) -> int:
    """Show the price list in `file`, and write it into the products' files if `wanted`. Returns the exit status."""
    wants_table(lang, file)
    gathered = gather(settings.root, settings.docs_dir)
    name, report = name_of(settings, file), Report()
    raw = read_bytes(file, name, report, LARGEST)
    table: Register[Price] = Register()
    if raw is not None:
        table = table_of(PRICES, file, name, raw, report)
    changes = list(_changes(table, gathered.products, report))
    twice = _twice(changes)
    click.echo("\n".join(_told(lang, name, table, changes)))
    problems = in_order(report.problems)
    if problems:
        click.echo(f"\n{as_text(problems, lang)}", err=True)
    for one, other in twice:
        place, other_place = one.origin.of("price"), other.origin.of("price")
        said = {"place": place, "value": one.name, "other": other_place}
        click.echo(f"\n{say('prices-twice', lang, **said)}", err=True)
    if twice or fatal(problems, strict=False):
        click.echo(f"\n{say('import-stopped', lang)}", err=True)
        return 1
    new = [each for each in changes if each.is_new]
    planned = _plan(settings.root, new)
    if planned.obstacle:
        click.echo(f"\n{say(message_key(planned.obstacle), lang, about=planned.about)}", err=True)
        return 1
    return finish(lang, settings, planned, wanted, len(new), "prices")


def _changes(
    table: Register[Price], products: tuple[Product, ...], report: Report
) -> Iterator[_Change]:
    """Yield the rows whose product is known."""
    names, by_id = ProductNames(products), {each.id: each for each in products}
    for row in table.read:
        price = row.record
        if price is None:
            continue
        product = names.find(Scalar(price.product, price.origin.of("product")), report)
        if product is not None:
            yield _Change(row, price, by_id[product])


def _twice(changes: list[_Change]) -> list[tuple[Price, Price]]:
    """Return the prices that differ from an earlier one of the same variant, with that one."""
    first: dict[tuple[str, str], Price] = {}
    found = []
    for each in changes:
        key = each.product.id, "".join(each.price.name.split())
        other = first.setdefault(key, each.price)
        if other.price != each.price.price:
            found.append((each.price, other))
    return found


def _plan(root: Path, new: list[_Change]) -> ImportPlan:
    texts: dict[str, str] = {}
    for each in new:
        path = each.product.origin.location.path
        if path not in texts:
            texts[path] = (read_content(root / path) or b"").decode()
        changed = with_price(texts[path], path, each.price, each.row.node)
        if changed is None:
            return ImportPlan(obstacle="records-list", about=path)
        texts[path] = changed
    return ImportPlan(tuple(Addition(root / path, text.encode()) for path, text in texts.items()))


def _told(lang: str, name: str, table: Register[Price], changes: list[_Change]) -> Iterator[str]:
    yield say("import-from", lang, name=name, sheet="")
    yield say("import-to", lang, place="products/…/product.yml")
    for column in table.columns:
        if column.meaning is None and column.title.text:
            yield f"  {left_out(lang, column)}"
    for each in table.skipped:
        yield f"  {say(message_key(f'import-skipped-{each.why}'), lang, line=each.line)}"
    if changes:
        yield ""
        heads = say("prices-heads", lang).split("|")
        yield aligned([heads, *(_shown(lang, each) for each in changes)])


def _shown(lang: str, change: _Change) -> list[str]:
    price = change.price
    line = str(change.row.node.location.line)
    verdict = "✓" if change.is_new else f"= {say('import-there', lang)}"
    return [line, change.product.id, price.name, change.before or "—", str(price.price), verdict]
