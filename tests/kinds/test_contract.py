"""What holds for every kind that is installed, whoever wrote it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from built import DAY, ROOT, Built, copy_demo, here, tree
from xiangji.disclosure import disclose
from xiangji.kinds.installed import TAKEN, installed_kinds, kind_rules
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.model.fields import ListOf, Nested, fields_of
from xiangji.model.kind import EXPORTS, PAGES, RecordKind
from xiangji.model.value_types import LINE, MEDIA, PROSE
from xiangji.readers.village import gather
from xiangji.views import exports, kind_page
from xiangji.views.json_schema import files, schema_of

KINDS = installed_kinds().kinds
PAGED = [kind for kind in KINDS if kind.page]
OWN = [kind for kind in KINDS if kind.is_further]
METHODS = {
    "records",
    "heads",
    "picture",
    "recording",
    "links",
    "ancestors",
    "descendants",
    "listed",
    "referring",
    "shelf",
}
SECRET = "绝不能出门的一句话"


def names(kinds: Any) -> list[str]:
    return [kind.name for kind in kinds]


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = assemble(gather(ROOT))
    assert found is not None and not problems
    return found


def sources(kind: RecordKind, root: Path) -> list[Path]:
    """The files of a kind."""
    found = [*root.glob(f"village/{kind.name}.yml"), *root.glob(f"village/{kind.name}/*.yml")]
    return [*found, *root.glob(f"village/{kind.name}/*/{kind.one}.yml")]


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
def test_the_demo_has_one(kind: RecordKind, library: Library) -> None:
    assert library.shelf(kind.name)
    assert library[kind.record] is library.shelf(kind.name)
    for key, record in library.shelf(kind.name).items():
        assert getattr(record, kind.key) == key


@pytest.mark.parametrize("kind", PAGED, ids=names(PAGED))
def test_every_record_has_its_pages(kind: RecordKind, demo: Built, library: Library) -> None:
    assert kind.address in demo.pages
    shown = disclose(library, date.fromisoformat(DAY))
    titles = (demo.site / "search/index.json").read_text("utf-8")
    for key, record in shown.shelf(kind.name).items():
        if kind.has_page is None or kind.has_page(record):
            address = f"{kind.address}{key}/"
            assert kind.address_of(record) == address and address in demo.pages
            assert address in (demo.site / "sitemap.xml").read_text("utf-8")
            assert address in titles or kind.numerous
    if not kind.family:  # The menu leads to those of families.
        assert f"../{kind.address}" in list(demo.pages["village/"].links())


@pytest.mark.parametrize("kind", OWN, ids=names(OWN))
def test_its_schema_takes_the_demo(kind: RecordKind) -> None:
    schemas = {each.name: Draft202012Validator(schema_of(each)) for each in files()}
    for file in sources(kind, ROOT):
        listed = file.stem == kind.name
        # As an editor reads it: dates are texts.
        content = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        errors = list(schemas[kind.name if listed else kind.one].iter_errors(content))
        assert errors == [], file
        broken = {"不认识的键": "x"}
        assert not schemas[kind.one].is_valid(broken)


def secret_texts(record: type[Any], private: bool) -> dict[str, Any]:
    """A secret for each text field, or for the private ones alone."""
    found: dict[str, Any] = {}
    for row in fields_of(record):
        item = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        if row.name in ("id", "visibility") or (private and not row.private):
            continue
        if item in (LINE, PROSE):
            found[row.name] = [SECRET] if isinstance(row.kind, ListOf) else SECRET
        elif isinstance(item, Nested) and isinstance(row.kind, ListOf):
            continue
    return found


def keep_back(kind: RecordKind, root: Path) -> None:
    """Write a record of a kind that stays at home, beside the others, and a secret into what is private in one of them."""
    file = sources(kind, root)[0]
    content = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    record = content
    if file.stem == kind.name:  # A list, bare or below one key.
        record = (content if isinstance(content, list) else next(iter(content.values())))[0]
    secret = {
        **{key: value for key, value in record.items() if key not in ("标题", "title")},
        **secret_texts(kind.record, private=False),
        "公开范围": "不公开",
    }
    keys = {row.zh: row.name for row in fields_of(kind.record)}
    secret = {key: value for key, value in secret.items() if keys.get(key) not in secret}
    secret.pop("编号", None)
    secret.pop("id", None)
    hidden = root / "village" / kind.name / f"kept-at-home-{kind.one}.yml"
    hidden.parent.mkdir(exist_ok=True)
    pictures = [row.zh for row in fields_of(kind.record) if row.kind is MEDIA]
    for number, name in enumerate(pictures):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{SECRET}</title></svg>'
        (hidden.parent / f"kept-at-home-{number}.svg").write_text(drawing, "utf-8")
        secret[name] = f"kept-at-home-{number}.svg"
    hidden.write_text(json.dumps(secret, ensure_ascii=False), "utf-8")
    private = secret_texts(kind.record, private=True)
    if private:
        record.update(private)
        file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def test_nothing_of_what_is_kept_back_leaves_the_house(demo: Built, tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village", demo)
    for kind in OWN:
        keep_back(kind, root)
    done = here("xiangji", "build", "--host", "none", cwd=root)
    assert done.returncode == 0, done.stdout
    for path, bytes_ in tree(root / "site").items():
        assert SECRET.encode() not in bytes_, path
        assert b"kept-at-home" not in bytes_, path
        assert json.dumps(SECRET).strip('"').encode() not in bytes_, path


@pytest.fixture(scope="module")
def edited(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo built again after the title of a record of every kind was changed."""
    root = copy_demo(tmp_path_factory.mktemp("edited") / "village", demo)
    shutil.copytree(demo.site, root / "site")
    for kind in OWN:
        file = sources(kind, root)[0]
        text = file.read_text("utf-8")
        title = next(row.zh for row in fields_of(kind.record) if row.name == kind.title)
        assert f"{title}: " in text
        file.write_text(text.replace(f"{title}: ", f"{title}: 改过的{kind.heading}", 1), "utf-8")
    done = here("xiangji", "build", "--host", "none", "--out", "other", cwd=root)
    assert done.returncode == 0, done.stdout
    return root / "other"


@pytest.mark.parametrize("kind", OWN, ids=names(OWN))
def test_an_edit_shows(kind: RecordKind, edited: Path) -> None:
    assert f"改过的{kind.heading}" in (edited / kind.name / "index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
def test_who_publishes_it_decided(kind: RecordKind, library: Library) -> None:
    day = date.fromisoformat(DAY)
    for record in library.shelf(kind.name).values():
        assert kind.publishable(record, day) in (True, False)


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
def test_its_words_are_in_both_languages(kind: RecordKind) -> None:
    assert kind.heading and kind.lead.endswith("。")
    assert all(row.help_zh and row.help_en for row in fields_of(kind.record))
    for rule in kind.rules.values():
        assert all((rule.zh, rule.en, rule.remedy_zh, rule.remedy_en))


def test_every_name_that_a_kind_may_declare_is_there() -> None:
    assert {*kind_page.PAGES} == {*PAGES} and {*exports.EXPORTS} == {*EXPORTS}


def test_no_name_of_a_library_is_free_for_a_kind() -> None:
    """What a page asks of a library by such a name would be answered by another (`asked.shelf_of`)."""
    own = {name for name in (*Library.__struct_fields__, *vars(Library)) if name[0] != "_"}
    assert {each for each in own if each.isalpha() and each.islower()} - TAKEN - METHODS == set()


def test_no_two_kinds_share_a_rule() -> None:
    every = [rule for kind in KINDS for rule in kind.rules]
    assert len(every) == len(set(every)) == len(kind_rules())
