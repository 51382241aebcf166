"""Hand-written pages, and the pictures that Markdown shows in them and in stories."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from xiangji.model.location import Location, Origin
from xiangji.model.node import Mapping
from xiangji.problems import Report
from xiangji.readers.yaml.front_matter import split_front_matter

_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^)\s>]+)")


class Note(Struct, frozen=True):
    """A hand-written page of `site_src/`. `uri` is POSIX and relative to that folder."""

    uri: str
    title: str
    description: str
    body: str
    origin: Origin


def read_note(text: str, path: str, docs: str, report: Report) -> Note:
    """The page of a Markdown file at `path`, within the folder `docs` (POSIX, both)."""
    # Facts of hand-written pages belong to the host: only title and description are read.
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
    )


def pictures_in(body: str, path: str) -> Iterator[str]:
    """The files inside the village that a Markdown text at `path` shows, as paths from its root.
    What leads out of it, or to the web, is not among them: whoever makes the page tells of it."""
    folder = path.rpartition("/")[0]
    for match in _PICTURE.finditer(body):
        link = unquote(match[1]).partition("#")[0]
        if ":" in link.split("/")[0] or link.startswith("/"):
            continue
        found = posixpath.normpath(posixpath.join(folder, link))
        if not found.startswith("../") and found not in (".", ".."):
            yield found
