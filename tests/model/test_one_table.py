"""The field table is the only place that describes a field: nothing else repeats a key or a help."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from xiangji.kinds.installed import installed_kinds
from xiangji.kinds.together import event, project
from xiangji.model.fields import fields_of, label, record_name
from xiangji.records import batch, brand, conformity, person, product, story
from xiangji.rules import RULES, text_of
from xiangji.views.json_schema import records_inside

PACKAGE = Path(__file__).parents[2] / "plugins" / "xiangji"
RECORDS = sorted(
    {
        each
        for module in (batch, brand, event, person, conformity, product, project, story)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Struct) and fields_of(each)
    },
    key=lambda each: each.__name__,
)
KEYS = {key for each in RECORDS for row in fields_of(each) for key in (row.zh, *row.also)}
CHINESE = {key for key in KEYS if not key.isascii()}
HELP = {help for each in RECORDS for row in fields_of(each) for help in (row.help_zh, row.help_en)}
LONG = {help for help in HELP if len(help) >= (20 if help.isascii() else 8)}
"""A shorter help (`net content`, `谁做的`) is also what people say elsewhere."""

OUTSIDE = [
    file
    for file in sorted(PACKAGE.rglob("*.py"))
    # Kinds declare their fields beside what else is known of them.
    if file.relative_to(PACKAGE).parts[0] not in ("records", "kinds", "label", "model")
]
NAMING = [
    # The notice of a recall is read by customers.
    *(file for file in sorted((PACKAGE / "library").glob("*.py")) if file.name != "recall.py"),
    PACKAGE / "disclosure.py",
    PACKAGE / "readers" / "record_reader.py",
    *(
        file
        for file in sorted((PACKAGE / "checks").rglob("*.py"))
        # The items of a printed label are the standards' own words; a number may say it is a 示例.
        if file.name not in ("labels.py", "check_digits.py")
    ),
]
"""Modules that tell an author about fields. Pages speak to a reader, so their headings are their own;
tables and file names have words of their own as well."""


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module's code, with its line."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def named(file: Path) -> Iterator[tuple[int, str]]:
    """Texts that a module gives as the name of a field: `field="日期"`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.keyword(arg="field" | "field_en", value=ast.Constant(value=str(text))):
                yield node.value.lineno, text


@pytest.mark.parametrize("file", NAMING, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_key_is_written_where_fields_are_read_and_checked(file: Path) -> None:
    assert [each for each in texts(file) if each[1] in CHINESE] == []


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_message_names_a_field_but_by_the_table(file: Path) -> None:
    assert [each for each in named(file) if each[1] in KEYS] == []


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_help_is_repeated(file: Path) -> None:
    assert [each for each in texts(file) if each[1] in LONG] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_a_record_is_named_beside_its_fields(record: Any) -> None:
    zh, en = record_name(record)
    assert zh and not zh.isascii()
    assert en.startswith("The ")


def test_a_remedy_names_fields_that_exist() -> None:
    """Wordings may say 补上“原因”; when the key changes, they must too."""
    remedies = [text_of("remedy", rule, "zh") for rule in RULES]
    told = {key for each in remedies for key in re.findall(r"补上“([^”{]+)”", each)}
    kinds = [kind.record for kind in installed_kinds().kinds]
    every = [*kinds, *(inner for each in kinds for inner in records_inside(each))]
    theirs = {key for each in every for row in fields_of(each) for key in (row.zh, *row.also)}
    assert told and told <= CHINESE | theirs
    remedies = [text_of("remedy", rule, "en") for rule in RULES]
    told = {key for each in remedies for key in re.findall(r"\bAdd `(\w+)", each)}
    assert told and told <= {row.name for each in RECORDS for row in fields_of(each)}


def test_a_label_is_the_chinese_key() -> None:
    assert label(batch.Batch, "made_on") == "生产日期"
    assert label(story.Tellings, "short") == "六十字"
