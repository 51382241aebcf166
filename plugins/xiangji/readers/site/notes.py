"""Reads hand-written pages, and finds the pictures in Markdown texts of pages and stories."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from xiangji.model.fields import fold_key
from xiangji.model.location import Location, Origin
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.yaml.front_matter import split_front_matter
from xiangji.readers.yaml.yaml_file import shape
from xiangji.records.shared_fields.credit import Credit

_PICTURE = late_pattern(r"!\[[^\]\n]*\]\(\s*<?([^)\s>]+)")


class Note(Struct, frozen=True):
    """A hand-written page below `docs_dir`. `uri` is its POSIX path relative to that folder."""

    uri: str
    title: str
    description: str
    body: str
    origin: Origin
    front: tuple[Scalar, ...] = ()
    """Every text of its front matter."""
    credits: tuple[Credit, ...] = ()
    """Who did what for the page."""


def read_note(text: str, path: str, docs: str, report: Report) -> Note:
    """Read the page in the text of a Markdown file at `path` within the folder `docs` (both POSIX)."""
    # The front matter of hand-written pages is for the host. Only title and description are read here.
    parts = split_front_matter(text, path, report)
    facts = parts.facts or Mapping((), Location(path))
    values = {key.text: getattr(value, "text", "") for key, value in facts.entries}
    heading = next(
        (line[2:].strip() for line in parts.text.split("\n") if line.startswith("# ")), ""
    )
    stem = path.rpartition("/")[2].removesuffix(".md")
    return Note(
        path.removeprefix(f"{docs}/"),
        values.get("title") or heading or stem,
        values.get("description", ""),
        parts.text,
        Origin(Location(path, parts.line)),
        tuple(texts_in(facts)),
        tuple(_credits(facts, report)),
    )


def _credits(facts: Mapping, report: Report) -> Iterator[Credit]:
    """Yield the credits in a page's front matter. All other keys are for the host."""
    for key, value in facts.entries:
        if fold_key(key.text) not in _CREDITS:
            continue
        if not isinstance(value, Sequence):
            found, found_en = shape(value)
            report.add("shape-list", value.location, field=key.text, found=found, found_en=found_en)
            continue
        for item in value.items:
            credit = read_record(Credit, item, report, item.location)
            if credit is not None:
                yield credit


_CREDITS = frozenset({"署名", "credits"})
"""Both keys of the credits of a page, as of the field of a story."""


def texts_in(node: Node) -> Iterator[Scalar]:
    """Yield every key and value in a tree of YAML."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield from texts_in(key)
            yield from texts_in(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts_in(item)
    elif node.text:
        yield node


def pictures_in(body: str, path: str) -> Iterator[str]:
    """Yield the pictures inside the village in a Markdown text at `path`, as paths relative to the village.

    Links out of the village or to the web are left out. The code that renders the page reports them.
    """
    folder = path.rpartition("/")[0]
    for match in _PICTURE.finditer(body):
        link = unquote(match[1]).partition("#")[0]
        if ":" in link.split("/")[0] or link.startswith("/"):
            continue
        found = posixpath.normpath(posixpath.join(folder, link))
        if not found.startswith("../") and found not in (".", ".."):
            yield found
