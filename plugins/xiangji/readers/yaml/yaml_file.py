"""Parses YAML text into nodes: the plain subset with `plain_yaml`, all other text with `whole_yaml`."""

from __future__ import annotations

import re

from xiangji.model.node import Node, Scalar, Sequence
from xiangji.problems import Report
from xiangji.readers.yaml.plain_yaml import read_plain, says_nothing
from xiangji.readers.yaml.slips import FULL_COLON, NO_SPACE


def parse_yaml(
    text: str, path: str, report: Report, *, first_line: int = 1, tags: bool = False
) -> Node | None:
    """Parse the YAML document in `text`. None if it is empty, or after reporting why it cannot be read.

    `first_line` is the line in `path` on which `text` begins (for front matter). With `tags`, tagged values are kept as
    plain text, because mkdocs.yml may contain tags for MkDocs.
    """
    plain = read_plain(text, path, first_line - 1)
    if plain is not None or says_nothing(text):
        return plain
    # If all files are plain, importing PyYAML would take longer than reading them.
    from xiangji.readers.yaml.whole_yaml import parse_whole

    return parse_whole(text, path, report, first_line=first_line, tags=tags)


def shape(node: Node) -> tuple[str, str]:
    """The kind of a node (zh, en), for a message about another kind that was expected."""
    if isinstance(node, Scalar):
        return "一个值", "a single value"
    return ("一个列表", "a list") if isinstance(node, Sequence) else ("一段内容", "a mapping")


def report_not_facts(node: Node, field: str, report: Report) -> None:
    """Report a node that should be a mapping.

    A wrong colon turns lines of a mapping into one scalar, so the first line of a scalar is checked for that slip.
    """
    if isinstance(node, Scalar):
        line = re.split(r"\s(?=\S{1,12}[：:])", node.text.strip(), maxsplit=1)[0]
        for rule, pattern in (("yaml-colon", FULL_COLON), ("yaml-colon-space", NO_SPACE)):
            if match := pattern.match(line):
                better = f"{match[2]}: {match[3]}".rstrip()
                report.add(rule, node.location, value=line, better=better)
                return
    found, found_en = shape(node)
    report.add("shape-record", node.location, field=field, found=found, found_en=found_en)
