"""Appends records to a list in a YAML file that people write by hand, such as 生产者 in `products/brand.yml`.

Lines are only added. Every other byte of the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from xiangji.editing.yaml_text import yaml_text
from xiangji.model.fields import Field, ListOf, Nested, fold_key
from xiangji.model.node import Mapping, Node, Sequence


def with_items(text: str, node: Node | None, row: Field, items: Iterable[Mapping]) -> str | None:
    """The text of a file with more `items` in the list of the field `row`.

    `node` is the content of the file. None if the list is written in a form to which lines cannot be added.
    """
    assert isinstance(row.kind, ListOf) and isinstance(row.kind.item, Nested)
    record = row.kind.item.record
    lines = text.splitlines(keepends=True)
    entries = node.entries if isinstance(node, Mapping) else ()
    keys = {fold_key(each) for each in row.keys}
    found = next((value for key, value in entries if fold_key(key.text) in keys), None)
    if found is None:
        indent, at = "  ", len(lines)
        added = [f"{row.zh}:"]
    else:
        place = _end_of(lines, found)
        if place is None:
            return None
        indent, at = place
        added = []
    for item in items:
        first, *others = yaml_text(record, item).splitlines()
        added += [f"{indent}- {first}", *(f"{indent}  {line}".rstrip() for line in others)]
    newline = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    if at and not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += newline
    lines[at:at] = [line + newline for line in added]
    return "".join(lines)


def _end_of(lines: list[str], found: Node) -> tuple[str, int] | None:
    """The indent of the items of a block list, and the index of the line after its last item."""
    if not isinstance(found, Sequence) or not found.items:
        return None
    first, last = found.items[0].location.line - 1, found.items[-1].location.line - 1
    line = lines[first]
    indent = line[: line.find("-")] if "-" in line else "x"
    if indent.strip():
        return None
    end = last
    for at in range(last + 1, len(lines)):
        content = lines[at].strip()
        if not content or content.startswith("#"):
            continue
        if len(lines[at]) - len(lines[at].lstrip(" ")) <= len(indent):
            break
        end = at
    return indent, end + 1
