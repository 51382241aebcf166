"""Splits a Markdown file into front matter (the YAML between two lines `---`) and body."""

from __future__ import annotations

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.model.node import Mapping
from xiangji.problems import Report
from xiangji.readers.yaml.yaml_file import parse_yaml, report_not_facts


class Markdown(Struct, frozen=True):
    """Front matter (None if there is none that can be read), body, and the line (from 1) on which the body begins."""

    facts: Mapping | None
    text: str
    line: int


def split_front_matter(text: str, path: str, report: Report) -> Markdown:
    """Split `text` into front matter and body. A file without front matter is all body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Markdown(None, text, 1)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            facts = _facts("\n".join(lines[1:number]), path, report)
            return Markdown(facts, "\n".join(lines[number + 1 :]), number + 2)
    report.add("front-matter", Location(path))
    return Markdown(None, "", 1)


def _facts(text: str, path: str, report: Report) -> Mapping | None:
    """The mapping in `text`, or None after reporting why it cannot be read."""
    before = len(report.problems)
    facts = parse_yaml(text, path, report, first_line=2)
    if facts is None:
        return None if len(report.problems) > before else Mapping((), Location(path, 1, 1))
    if isinstance(facts, Mapping):
        return facts
    report_not_facts(facts, "---", report)
    return None
