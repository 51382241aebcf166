"""Assigns the rows of a ledger to their products: `products/batches.csv` holds batches of all products in one table.

A row names its product by the name of its folder (the id) or by its name. A table in the folder of one product may have
the column as well; then each row must name that product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xiangji.model.fields import fold_key
from xiangji.model.nearest import suggestion
from xiangji.model.node import Mapping, Scalar
from xiangji.problems import Problem, Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table
from xiangji.readers.tables.columns import OwnerColumn
from xiangji.records.batch import Batch
from xiangji.records.product import Product

LEDGER = "products/batches.csv"
"""The ledger as CSV, which is the form whose history in Git can be read."""

_SHOWN = 12
"""The most names in a message."""

_LOSING = (
    "file-",
    "ledger-",
    "merge-",
    "table-row",
    "table-lost",
    "table-n",
    "table-sheets",
    "workbook-",
    "yaml-",
)
"""Prefixes of rules that mean that a file or a row was not read."""


class ProductNames:
    """Finds products by id or by name.

    If `partial`, some products could not be read, so that a name that is not found may be theirs.
    """

    def __init__(self, products: Iterable[Product], partial: bool = False) -> None:
        self._partial = partial
        self._by_id: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        self._shown: list[str] = []
        for each in products:
            self._by_id[_folded(each.id)] = [each.id]
            self._by_name.setdefault(_folded(each.name), []).append(each.id)
            self._shown += [each.name] if each.name == each.id else [each.name, each.id]

    def find(self, written: Scalar, report: Report) -> str | None:
        """The id of the product that a cell names, or None after reporting that it names none or several."""
        key = _folded(written.text)
        ids = self._by_id.get(key) or self._by_name.get(key, [])
        if len(ids) == 1:
            return ids[0]
        value = written.text.strip()
        if len(ids) > 1:
            report.add("ledger-several", written.location, value=value, ids="、".join(ids))
        elif not self._partial:
            near, near_en = suggestion(value, self._shown)
            known = "、".join(self._shown[:_SHOWN]) or "—"
            said = {"value": value, "near": near, "near_en": near_en, "known": known}
            report.add("ledger-unknown", written.location, **said)
        return None


def _folded(text: str) -> str:
    return fold_key(text).replace("_", "")


def has_owners(table: Table) -> bool:
    """Whether a table has a column of products."""
    return any(column.meaning is OwnerColumn.PRODUCT for column in table.columns)


def ledger_batches(table: Table, products: Sequence[Product], report: Report) -> list[Batch]:
    """The batches in a ledger of several products."""
    unread = any(kind is Product for kind, _ in report.lost)
    rows = ledger_rows(table, ProductNames(products, unread), report)
    return list(_read(((node, product) for product, node in rows), report))


def own_batches(
    table: Table, folder: str, product: Product | None, report: Report
) -> Iterator[Batch]:
    """Yield the batches of a table in the folder of a product. `product` is None if its file could not be read."""
    return _read(((node, folder) for node in own_rows(table, product, report)), report)


def _read(rows: Iterable[tuple[Mapping, str]], report: Report) -> Iterator[Batch]:
    for node, product in rows:
        batch = read_record(Batch, node, report, node.location, product=product)
        if batch is not None:
            yield batch


def is_unread(problems: Iterable[Problem]) -> bool:
    """Whether one of the problems means that a file or a row was not read, so that its lots are unknown."""
    return any(each.rule.startswith(_LOSING) for each in problems)


def ledger_rows(table: Table, names: ProductNames, report: Report) -> Iterator[tuple[str, Mapping]]:
    """Yield the product id and the node of each row of a ledger. Rows without a known product are reported."""
    if table.rows and not has_owners(table):
        report.add("ledger-column", table.columns[0].title.location)
        return
    for row in table.rows:
        if row.node is None:
            continue
        if row.product is None:
            report.add("ledger-product", row.location, line=row.location.line)
            continue
        product = names.find(row.product, report)
        if product is not None:
            yield product, row.node


def rows_of_product(table: Table, product: str, name: str) -> list[Mapping]:
    """The nodes of the rows of a ledger that name one product, by its id or its name."""
    own = {_folded(product), _folded(name)}
    return [
        row.node
        for row in table.rows
        if row.node is not None and row.product and _folded(row.product.text) in own
    ]


def own_rows(table: Table, product: Product | None, report: Report) -> Sequence[Mapping]:
    """The nodes of a table in the folder of a product. Rows that name another product are reported and left out."""
    if product is None or not has_owners(table):
        return table.nodes
    own = {_folded(product.id), _folded(product.name)}
    kept = []
    for row in table.rows:
        if row.product is not None and _folded(row.product.text) not in own:
            value = row.product.text.strip()
            report.add("ledger-other", row.product.location, value=value, own=product.name)
        elif row.node is not None:
            kept.append(row.node)
    return kept
