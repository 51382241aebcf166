"""Writes prices into the product files that people write by hand: one value changed, one line or one variant added."""

from __future__ import annotations

from msgspec.structs import replace

from xiangji.editing.batch_files import differing
from xiangji.editing.list_items import with_items
from xiangji.model.fields import fields_of, fold_key, label
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.price import Price
from xiangji.records.product import Product, Variant

_PRICE = label(Variant, "price")


def variant_of(product: Product, name: str) -> Variant | None:
    """The variant of a product with this name, or None."""
    wanted = _folded(name)
    return next((each for each in product.variants if _folded(each.name) == wanted), None)


def with_price(text: str, path: str, price: Price, row: Mapping) -> str | None:
    """The text of a product's file with a price. None if it is written in a form that a machine cannot edit for certain.

    `row` is the node of the price in the list that it comes from.
    """
    node, product = _read(text, path)
    if product is None:
        return None
    variant = variant_of(product, price.name)
    if variant is None:
        variants = next(each for each in fields_of(Product) if each.name == "variants")
        changed = with_items(text, node, variants, [_as_variant(row)])
    elif variant.price is None:
        changed = _added(text, variant, price)
    else:
        changed = _replaced(text, variant, price)
    return changed if changed is not None and _is_right(changed, path, product, price) else None


def _read(text: str, path: str) -> tuple[Node | None, Product | None]:
    report = Report()
    node = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), path, report)
    return node, read_record(Product, node, report, Location(path), id="x")


def _as_variant(row: Mapping) -> Mapping:
    """A row of a price list as an item of the product's list of variants."""
    entries = [
        (Scalar(each.zh, key.location), value)
        for key, value in row.entries
        for each in fields_of(Price)
        if fold_key(key.text) in map(fold_key, each.keys) and each.name != "product"
    ]
    return Mapping(tuple(entries), row.location)


def _replaced(text: str, variant: Variant, price: Price) -> str | None:
    """The text with another price in the place of the one that is written."""
    lines = text.splitlines(keepends=True)
    place = variant.origin.of("price")
    line = lines[place.line - 1]
    start = place.column - 1
    end = start
    while end < len(line) and line[end] not in ",}#\r\n":
        end += 1
    written = line[start:end].rstrip()
    if not written:
        return None
    lines[place.line - 1] = line[:start] + str(price.price) + line[start + len(written) :]
    return "".join(lines)


def _added(text: str, variant: Variant, price: Price) -> str | None:
    """The text with a price after the name of a variant that has none."""
    lines = text.splitlines(keepends=True)
    place = variant.origin.of("name")
    line = lines[place.line - 1]
    if "{" in line:
        body = line.rstrip()
        if not body.endswith("}") or body.count("}") > 1:
            return None
        end = line[len(body) :]
        lines[place.line - 1] = f"{body[:-1].rstrip()}, {_PRICE}: {price.price}}}{end}"
        return "".join(lines)
    indent = variant.origin.location.column - 1
    newline = "\r\n" if line.endswith("\r\n") else "\n"
    if not line.endswith("\n"):
        lines[place.line - 1] = line + newline
    lines.insert(place.line, f"{' ' * indent}{_PRICE}: {price.price}{newline}")
    return "".join(lines)


def _is_right(text: str, path: str, before: Product, price: Price) -> bool:
    """Whether a text says the same of a product as before, and the new price."""
    _, after = _read(text, path)
    if after is None or set(differing(before, after)) - {"variants"}:
        return False
    old = variant_of(before, price.name)
    new = Variant(name=price.name, net_content=price.net_content, price=price.price)
    if old is None:
        wanted = (*before.variants, new)
    else:
        changed = replace(old, price=price.price)
        wanted = tuple(changed if each is old else each for each in before.variants)
    same = len(wanted) == len(after.variants)
    return same and not any(map(differing, wanted, after.variants))


def _folded(name: str) -> str:
    return "".join(fold_key(name).split("_"))
