"""The schemas that editors use: they take what the reader takes, and mark the slips it would tell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from built import ROOT, Built
from xiangji.cli.content.editor import editor_files
from xiangji.kinds.installed import further_kinds
from xiangji.model import value_types
from xiangji.model.fields import Choice, ListOf, UnreadableValue, ValueType, fields_of
from xiangji.records import code, season, yields
from xiangji.views.json_schema import FileKind, files, schema_of, schema_text

KINDS = {each.name: each for each in files()}
SINGLE = [each for each in files() if not each.listed]
VALIDATORS = {each.name: Draft202012Validator(schema_of(each)) for each in files()}
STARTER = ROOT / "plugins" / "xiangji" / "starter"
SCALARS = [
    each
    for module in (value_types, season, code, yields)
    for each in vars(module).values()
    if isinstance(each, ValueType)
]


class AsAnEditor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers and true/false are values, dates and yes/no are text."""


AsAnEditor.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] in ("int", "float", "null", "merge")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsAnEditor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def facts(file: Path, loader: Any) -> Any:
    text = file.read_text("utf-8-sig")
    if file.suffix == ".md":
        text = text.split("\n---\n")[0].removeprefix("---\n")
    return with_text_keys(yaml.load(text, loader))


def with_text_keys(value: Any) -> Any:
    """JSON has no other keys than texts: `60: …` is what a telling may be called."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


def files_of(kind: FileKind, root: Path) -> list[Path]:
    globs = kind.globs or ("stories/*/story.md",)
    return [file for each in globs for file in sorted(root.glob(each))]


CONTENT = [
    (kind.name, file)
    for kind in files()
    for root in (ROOT, STARTER)
    for file in files_of(kind, root)
]


def mistakes(name: str, content: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(content)]


@pytest.mark.parametrize("kind", files(), ids=lambda kind: kind.name)
def test_a_schema_is_a_schema(kind: FileKind) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    assert schema_text(kind) == schema_text.__wrapped__(kind)
    whole = [] if kind.listed else [schema_of(kind)]
    for record in (*whole, *schema_of(kind)["$defs"].values()):
        assert record["additionalProperties"] is False
        for made in record["properties"].values():
            zh, en = made["description"].split("\n")
            assert zh and en and not zh.isascii()


@pytest.mark.parametrize("loader", [yaml.BaseLoader, AsAnEditor], ids=["as written", "editor"])
@pytest.mark.parametrize(
    ("name", "file"),
    CONTENT,
    ids=lambda each: each.relative_to(ROOT).as_posix() if isinstance(each, Path) else each,
)
def test_every_file_of_the_demo_fits(name: str, file: Path, loader: Any) -> None:
    assert mistakes(name, facts(file, loader)) == []


def test_every_kind_of_file_but_one_is_in_the_demo() -> None:
    # Each further kind in one of its two forms.
    other = {kind.name for kind in further_kinds()} | {kind.one for kind in further_kinds()}
    assert {name for name, _ in CONTENT} - other == set(KINDS) - {"person"} - other
    for kind in further_kinds():
        assert {name for name, _ in CONTENT} & {kind.name, kind.one}
    assert mistakes("person", {"姓名": "王二", "roles": "讲述人、artisan"}) == []


PRODUCT = {"名称": "折耳根", "kind": "农产品"}


@pytest.mark.parametrize(
    "change",
    [
        {"名字": "折耳根"},
        {"类型": "农产"},
        {"保质期": "很久"},
        {"图片": "../secret.png"},
        {"示例": "也许"},
        {"规格": [{"规格": "一把", "价钱": 12}]},
        {"规格": "一把"},
        {"购买方式": [{"方式": "电话"}]},
        {"购买方式": [{"方式": "电报", "内容": "1"}]},
    ],
    ids=str,
)
def test_a_slip_is_marked(change: dict[str, Any]) -> None:
    assert mistakes("product", PRODUCT) == []
    assert mistakes("product", {**PRODUCT, **change}) != []


@pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.name)
def test_what_is_required_is_asked_for(kind: FileKind) -> None:
    whole = {row.zh: sample(row) for row in fields_of(kind.record)}
    for row in fields_of(kind.record):
        without = {key: value for key, value in whole.items() if key != row.zh}
        wanted = row.required and row.name not in kind.given
        assert bool(mistakes(kind.name, without)) is wanted, row.name
        assert bool(mistakes(kind.name, {**whole, row.zh: None})) is row.required, row.name


@pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.name)
def test_either_language_fits_and_nothing_after_a_key_is_fine(kind: FileKind) -> None:
    rows = fields_of(kind.record)
    for name in ("name", "zh"):
        content = {getattr(row, name): sample(row) for row in rows}
        assert mistakes(kind.name, content) == []
        content = {getattr(row, name): sample(row) if row.required else None for row in rows}
        assert mistakes(kind.name, content) == []


def sample(row: Any) -> Any:
    kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
    if isinstance(kind, Choice):
        return next(iter(kind.words)).key
    if hasattr(kind, "record"):
        inside = {each.zh: sample(each) for each in fields_of(kind.record)}
        return [inside] if isinstance(row.kind, ListOf) else inside
    return kind.example if isinstance(kind, ValueType) else "id"


TYPED = st.text(alphabet="0123456789０１２-/.年月日天个 元¥,:：TAaz#https#米\\_克", max_size=16)


@pytest.mark.parametrize("kind", SCALARS, ids=lambda kind: kind.name)
@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_what_the_reader_takes_an_editor_does_not_mark(kind: ValueType, text: str) -> None:
    try:
        kind.parse(text.strip())
    except UnreadableValue:
        return
    assert not kind.pattern or re.search(kind.pattern, text), text


@pytest.mark.parametrize("kind", SCALARS, ids=lambda kind: kind.name)
def test_an_example_fits(kind: ValueType) -> None:
    assert re.search(kind.pattern, kind.example)
    assert not kind.choices or kind.example in kind.choices


def test_the_site_publishes_them(demo: Built) -> None:
    for kind in files():
        made = (demo.site / f"data/schema/{kind.name}.json").read_text("utf-8")
        assert made == schema_text(kind)


def test_a_site_publishes_none_of_a_kind_that_the_village_does_not_use(starter: Built) -> None:
    made = {file.stem for file in (starter.site / "data/schema").iterdir()}
    assert {"brand", "product", "batch", "story"} <= made
    assert not made & {each.name for kind in further_kinds() for each in kind.record_files}


def test_an_editor_finds_them_without_a_network(starter: Built) -> None:
    config = json.loads((starter.root / ".vscode/settings.json").read_text("utf-8"))
    for schema, globs in config["yaml.schemas"].items():
        assert (starter.root / schema).is_file()
        assert all(Path(schema).stem in KINDS for _ in globs)
    assert {file for globs in config["yaml.schemas"].values() for file in globs} >= {
        "products/brand.yml",
        "stories/*/workshop.yaml",
    }


def test_the_demo_s_own_copy_is_fresh() -> None:
    """After the field table has changed: `python tools/editor.py`."""
    for name, text in editor_files().items():
        assert (ROOT / name).read_text("utf-8") == text, name
