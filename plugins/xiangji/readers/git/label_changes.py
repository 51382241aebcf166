"""Finds in Git the changes of a product's label that also change what lots made before them show.

`xiangji check` and `xiangji fix` use it. A build does not, because pages depend on the files alone. An added fact is
not reported, because it may have been true before. A value that was replaced on the day it was written is not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from xiangji.label.versions import FACTS, as_made, counted_from, whole_versions
from xiangji.model.fields import fields_of, fold_key, keys_of
from xiangji.model.location import Location
from xiangji.model.node import Mapping as MappingNode
from xiangji.model.node import Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import earliest, latest
from xiangji.problems import Report, fatal
from xiangji.readers.git.label_history import affordable
from xiangji.readers.git.repository import GitUnreadable, NoRepository, repository_of
from xiangji.readers.record_reader import read_record
from xiangji.readers.text_file import clean_text, decode_text, one_newline
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch
from xiangji.records.product import Product, Variant, Version

_FILE = late_pattern(r"products/([^/]+)/product\.ya?ml")


class Changed(NamedTuple):
    """A changed fact: a field of the product, both values as text, and the node of the old value."""

    field: str
    before: str
    after: str
    written: Node


class UndatedChange(Struct, frozen=True):
    """What was changed on the label of a product on one day, and the lots made before that show it now."""

    product: Product
    on: date
    facts: tuple[Changed, ...]
    lots: tuple[Batch, ...]

    @property
    def is_older(self) -> bool:
        """Whether the product's file tells a later change already, so that this one has to be put in between."""
        since = self.product.since
        return bool(self.product.earlier) and (since is None or self.on <= since)


class _State(NamedTuple):
    """The content of a product's file from a day on."""

    on: date
    product: Product
    node: MappingNode


def label_changes(
    root: Path, products: Iterable[Product], lots: Mapping[str, tuple[Batch, ...]], today: date
) -> list[UndatedChange]:
    """Every change of a label that nobody answered yet, oldest first for each product. `lots` are by product."""
    asked = {each.id: each for each in products if lots.get(each.id)}
    if not asked:
        return []
    try:
        states = _states(root, asked)
    except (NoRepository, GitUnreadable):
        return []
    found: list[UndatedChange] = []
    for key, product in asked.items():
        if states.get(key):
            found += _unexplained(states[key], product, lots[key], today)
    return found


# --- reading from Git ------------------------------------------------------------------------------


def _states(root: Path, asked: Mapping[str, Product]) -> dict[str, list[_State]]:
    """The states of each product's file, oldest first. States that cannot be read were never published: left out."""
    repository = repository_of(root)
    paths = [f"products/{key}/product.{ending}" for key in asked for ending in ("yml", "yaml")]
    commits, blobs, _ = affordable(repository, repository.commits(paths), repository.now(paths))
    contents = repository.contents(blobs)
    found: dict[str, list[_State]] = {}
    for commit in reversed(commits):
        for touch in commit.touches:
            match = _FILE.fullmatch(touch.path)
            read = _read(contents.get(touch.after or ""), touch.path, match[1] if match else "")
            if match and read and commit.on:
                found.setdefault(match[1], []).append(_State(commit.on, *read))
    return found


def _read(raw: bytes | None, path: str, key: str) -> tuple[Product, MappingNode] | None:
    """The record and the node of an earlier product file. None if it could not have been published."""
    report = Report()
    text = None if raw is None else decode_text(raw, Location(path), report)
    if text is None or not clean_text(one_newline(text), path, report):
        return None
    node = parse_yaml(one_newline(text), path, report)
    if not isinstance(node, MappingNode):
        return None
    product = read_record(Product, node, report, Location(path), id=key)
    told = [each for each in report.problems if each.rule != "field-unknown"]
    return None if product is None or fatal(told, strict=False) else (product, node)


# --- finding changes -------------------------------------------------------------------------------


def _unexplained(
    states: list[_State], product: Product, lots: tuple[Batch, ...], today: date
) -> Iterator[UndatedChange]:
    """The changes of one product by day. What is not saved yet counts as changed today."""
    found: dict[date, tuple[list[Changed], dict[str, Batch]]] = {}
    for field in FACTS:
        for change, on, astray in _changes(states, field, product, lots, today):
            facts, those = found.setdefault(on, ([], {}))
            facts.append(change)
            those |= {lot.key: lot for lot in astray}
    for on, (facts, those) in sorted(found.items()):
        yield UndatedChange(product, on, tuple(facts), tuple(those.values()))


def _changes(
    states: list[_State], field: str, product: Product, lots: tuple[Batch, ...], today: date
) -> Iterator[tuple[Changed, date, list[Batch]]]:
    """Yield the unexplained changes of one field, with their days and the lots that they affect."""
    written, begun = states[0].on, date.min
    for before, after in _pairs(states, product, today):
        old, new = (_plain(getattr(each.product, field)) for each in (before, after))
        if old == new:
            continue
        lost, draft = _lost(field, old, new), written == after.on
        made = [lot for lot in lots if _is_between(product, lot, begun, after.on)]
        written = begun = after.on
        node = _node(before.node, field, lost)
        if not lost or draft or node is None or _is_explained(product, field, lost):
            continue
        astray = [lot for lot in made if _is_affected(product, lot, field, lost)]
        if astray:
            was, is_now = _text_of(before.product, field), _text_of(after.product, field)
            yield Changed(field, was, is_now, node), after.on, astray


def _pairs(states: list[_State], product: Product, today: date) -> Iterator[tuple[_State, _State]]:
    """Pair each state with the next one. The last one is the present content of the file."""
    now = _State(today, product, states[-1].node)
    return zip(states, [*states[1:], now], strict=True)


def _is_between(product: Product, lot: Batch, begun: date, ended: date) -> bool:
    """Whether a lot may have been made from the day `begun` to before the day `ended`."""
    day = counted_from(product, lot)
    first, last = earliest(day), latest(day)
    return first is not None and last is not None and first < ended and last >= begun


def _lost(field: str, old: Any, new: Any) -> Any:
    """The part of an old value that is lost: for variants those that were changed or removed, else the whole value."""
    return tuple(each for each in old if each not in new) if field == "variants" else old


def _holds(record: Product | Version, field: str, lost: Any) -> bool:
    """Whether a version of the product has the lost value."""
    value = _plain(getattr(record, field))
    return set(lost) <= set(value) if field == "variants" else bool(value == lost)


def _is_explained(product: Product, field: str, lost: Any) -> bool:
    """Whether the file lists the lost value in an earlier version, or as a correction of a mistake."""
    versions: list[Product | Version] = [version for _, version in whole_versions(product)]
    return any(_holds(each, field, lost) for each in [*versions, *product.corrected])


def _is_affected(product: Product, lot: Batch, field: str, lost: Any) -> bool:
    """Whether a change affects a lot, so that the lot now shows another value than the lost one."""
    made = as_made(product, lot)
    if field == "variants" and lot.variant not in (None, *(name for name, _ in lost)):
        return False
    if field == "net_content" and any(
        size.net_content for size in made.variants if size.name == lot.variant
    ):
        return False
    return not _holds(made, field, lost)


def _plain(value: Any) -> Any:
    """A value in the form for comparison: without locations, and for variants only name and net content."""
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if isinstance(value, Variant):
        return value.name, str(value.net_content or "")
    rows = fields_of(type(value)) if hasattr(value, "origin") else ()
    return tuple(getattr(value, row.name) for row in rows) if rows else value


# --- text and nodes of values ----------------------------------------------------------------------


def _text_of(product: Product, field: str) -> str:
    """A value as text for messages."""
    value = getattr(product, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    return "、".join(_item_text(each) for each in several) or "未记录"


def _item_text(value: Any) -> str:
    plain = _plain(value)
    return " ".join(str(part) for part in plain if part) if isinstance(plain, tuple) else str(plain)


def _node(node: MappingNode, field: str, lost: Any) -> Node | None:
    """The node of an old value. For variants, the nodes of the lost ones, with name and net content only."""
    found = next((value for key, value in node.entries if _is_key_of(Product, key, field)), None)
    if field != "variants" or not isinstance(found, Sequence):
        return found
    kept = (each for each in found.items if isinstance(each, MappingNode))
    sizes = tuple(_size(each) for each in kept if _plain(_variant(each)) in lost)
    return Sequence(sizes, found.location)


def _variant(node: MappingNode) -> Variant | None:
    return read_record(Variant, node, Report(), node.location)


def _size(node: MappingNode) -> MappingNode:
    told = ("name", "net_content")
    kept = [(k, v) for k, v in node.entries if any(_is_key_of(Variant, k, each) for each in told)]
    return MappingNode(tuple(kept), node.location)


def _is_key_of(record: type[Any], key: Scalar, field: str) -> bool:
    """Whether a key is a name of the field `field`."""
    row = keys_of(record).get(fold_key(key.text))
    return row is not None and row.name == field
