"""A page that is filled into a stencil is the page that its template gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from built import ROOT
from village import write_village
from xiangji.build import open_press
from xiangji.cache import Cache
from xiangji.model.vocabularies import BatchStatus
from xiangji.readers.config import read_settings
from xiangji.render.precompiled import (
    OpaqueView,
    PrecompiledPages,
    Render,
    SharedView,
    View,
    merged,
)

DAY = date(2026, 11, 22)


class Compared(PrecompiledPages):
    """Each document beside the one that the template gives."""

    def __init__(self) -> None:
        super().__init__()
        self.filled = self.seen = 0

    def document(self, template: str, view: View, render: Render) -> bytes:
        calls = 0

        def counted(given: Mapping[str, Any]) -> str:
            nonlocal calls
            calls += 1
            return render(given)

        document = super().document(template, view, counted)
        self.filled += calls == 0
        assert document == render(merged(view)).encode(), template
        self.seen += 1
        return document


def compared_pages(config: Path, cache: Cache) -> Compared:
    settings, _ = read_settings(config, DAY)
    context, _ = open_press(settings, (), cache)
    assert context is not None
    compared = context.__dict__["_precompiled"] = Compared()
    for family, options in context.choice.families:
        if family.name not in ("posters", "specimen"):
            list(family.outputs(context, options))
            shards = list(family.shards(context, options)) if family.shards else []
            before = len(context.problems), len(context.shared), context.pictures.orders
            made = [list(each.make(context, each)) for each in shards]
            assert [[file.uri for file in some] for some in made] == [
                [file.uri for file in each.files] for each in shards
            ]
            assert (len(context.problems), len(context.shared), context.pictures.orders) == before
    assert compared.seen
    return compared


def test_every_page_is_what_its_template_gives(tmp_path: Path) -> None:
    """The demo's batches all differ; those of a large village do not."""
    compared_pages(ROOT / "mkdocs.yml", Cache(ROOT / ".cache" / "xiangji"))
    write_village(tmp_path, products=4, batches=48, makers=2, stories=2)
    assert compared_pages(tmp_path / "mkdocs.yml", Cache()).filled > 60


class Row(Struct, frozen=True):
    key: str
    text: str
    href: str


TEMPLATE = (
    "{% for row in rows %}<li class='{{ row.key }}'{% if row.href %} data-a=\"{{ row.href }}\"{% endif %}>"
    "{{ row.text }}</li>{% endfor %}{{ raw }}{{ state }}{{ count }}{% if name %}{{ name }}"
    "{{ name }}{% else %}-{% endif %}{{ shared.word }}{% for a, b in pairs %}{{ a }}={{ b }};{% endfor %}"
)
TEXT = st.text(st.sampled_from("甲<>&'\"\x00\x010 12 {}"), max_size=6)
KEYS = st.sampled_from(["ok", "bad"])
SHARED = OpaqueView(word="共")
VIEWS = st.fixed_dictionaries(
    {
        "rows": st.lists(st.builds(Row, KEYS, TEXT, TEXT), max_size=3),
        "raw": TEXT.map(Markup),
        "state": st.sampled_from(list(BatchStatus)),
        "count": st.sampled_from([0, 1, True, None]),
        "name": TEXT,
        "shared": st.just(SHARED),
        "pairs": st.lists(st.tuples(TEXT, TEXT), max_size=2),
    }
)


@given(st.lists(VIEWS, min_size=3, max_size=9))
def test_any_view_is_filled_in_as_it_is_rendered(views: list[dict[str, Any]]) -> None:
    render = Environment(autoescape=True).from_string(TEMPLATE).render
    compared = Compared()
    for view in [*views, *views, *views]:
        compared.document("one", [view], render)
    assert compared.filled or "\\x00" in repr(views)


@given(st.lists(VIEWS, min_size=1, max_size=3), st.lists(VIEWS, min_size=2, max_size=6))
def test_parts_of_a_view_are_filled_in_as_one(
    lasting: list[dict[str, Any]], views: list[dict[str, Any]]
) -> None:
    """What several documents show is looked into once."""
    render = Environment(autoescape=True).from_string(f"{TEMPLATE}{{{{ frame.a }}}}").render
    alternate = Environment(autoescape=True).from_string(TEMPLATE + "{{ frame.b }}").render
    compared = Compared()
    kept = [
        SharedView(rows=each["rows"], raw=each["raw"], frame={"a": each["name"]})
        for each in lasting
    ]
    for view in [*views, *views]:
        shown = SharedView({name: view[name] for name in ("state", "count", "name")})
        own = {"shared": SHARED, "pairs": view["pairs"], "frame": {"b": view["name"]}}
        for each in [*kept, *kept]:
            compared.document("one", [each, shown, own], render)
            compared.document("two", [shown, each, own], alternate)
    assert compared.filled or "\\x00" in repr((views, lasting))


@pytest.mark.parametrize(
    "template",
    [
        "{{ name[:1] }}",
        "{{ name|length }}",
        "{{ name|upper }}",
        "{% if name == '甲' %}是{% else %}不是{% endif %}",
        "{{ name ~ '。' }}",
        "{% for sign in name %}{{ sign }}、{% endfor %}",
        "{% if '甲' in name %}有{% endif %}{{ name }}",
        "{{ name.split('a')[0] }}",
        "{{ [name, name]|join('、') }}",
        "{{ {'甲': 1}[name] or name }}",
        "{{ name is string }}",
    ],
)
def test_a_template_that_looks_into_a_text_is_rendered_as_ever(template: str) -> None:
    render = Environment(autoescape=True).from_string(template).render
    compared = Compared()
    for name in ("甲", "乙a", "<丙>", "甲", "丁丁"):
        compared.document("one", [{"name": name}], render)


def test_another_shared_part_is_another_even_where_the_first_was() -> None:
    """Nobody holds them but the view, so that one after another lies at the same place in memory."""
    render = Environment(autoescape=True).from_string("{{ shared.word }}{{ name }}").render
    compared = Compared()
    for word in "甲乙丙丁戊己庚辛":
        compared.document("one", [{"shared": OpaqueView(word=word), "name": "丑"}], render)
    assert compared.filled == 0


def test_what_is_no_view_is_rendered_as_ever(tmp_path: Path) -> None:
    render = Environment(autoescape=True).from_string("{{ name }}").render
    compared = Compared()
    for each in (DAY, tmp_path, {1, 2}, object):
        for _ in range(3):
            compared.document("one", [{"name": each}], render)
    assert compared.filled == 0
