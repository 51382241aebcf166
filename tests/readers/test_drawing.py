"""What a drawing may ask a browser to draw: bounded, in SVG's own namespace, pointing nowhere."""

from __future__ import annotations

import time

import pytest

from xiangji.readers.media.drawing import DEEPEST, MOST_ELEMENTS, drawing_size
from xiangji.readers.media.reasons import Reason

SVG = "http://www.w3.org/2000/svg"


def drawing(inside: str, more: str = "") -> bytes:
    xlink = "http://www.w3.org/1999/xlink"
    head = f'<svg xmlns="{SVG}" xmlns:xlink="{xlink}" viewBox="0 0 9 9" {more}>'
    return f"{head}{inside}</svg>".encode()


def levels(count: int, wide: int, form: str = '<use href="#l{below}"/>') -> str:
    """`count` groups, each drawing the one below it `wide` times."""
    found = '<g id="l0"><path d="M0 0h1"/></g>'
    for level in range(1, count + 1):
        found += f'<g id="l{level}">{form.format(below=level - 1) * wide}</g>'
    return found


def refused(raw: bytes) -> str:
    begun = time.monotonic()
    found = drawing_size(raw)
    assert time.monotonic() - begun < 5
    assert isinstance(found, Reason), found
    return found.en


BOMBS = {
    "eight levels of ten": levels(8, 10),
    "in defs": f"<defs>{levels(8, 10)}</defs>" + '<use href="#l8"/>',
    "by xlink": levels(8, 10, '<use xlink:href="#l{below}"/>'),
    "through symbols": levels(8, 10).replace("<g ", "<symbol ").replace("</g>", "</symbol>"),
    "through masks": levels(8, 10, '<path mask="url(#l{below})"/>').replace("<g ", "<mask "),
    "through clips": levels(8, 10, "<path clip-path=\"url( '#l{below}' )\"/>"),
    "thirty levels of two": levels(30, 2),
    "one name twice": levels(8, 10) + '<g id="l3"/>',
    "much path": f'<path id="p" d="M0 0{"h1" * 40_000}"/>' + '<use href="#p"/>' * 100,
    "much text": f'<text id="p">{"字" * 30_000}</text>' + '<use href="#p"/>' * 100,
}


@pytest.mark.parametrize("inside", BOMBS.values(), ids=BOMBS)
def test_a_drawing_that_expands_too_far_is_refused(inside: str) -> None:
    inside = inside.replace("</g>", "</mask>") if "<mask " in inside else inside
    assert refused(drawing(inside)) == "the SVG expands to too much"


CIRCLES = {
    "itself": '<g id="a"><use href="#a"/></g>',
    "one another": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "through a mask": '<mask id="a"><path mask="url(#a)"/></mask>',
    "the whole": '<use href="#root"/>',
    "apart": '<defs><g id="a"><use href="#b"/></g><path id="b" clip-path="url(#a)"/></defs>',
}


@pytest.mark.parametrize("inside", CIRCLES.values(), ids=CIRCLES)
def test_a_circle_is_refused(inside: str) -> None:
    assert refused(drawing(inside, 'id="root"')) == "a <use> in the SVG leads back to itself"


def test_a_long_chain_is_refused() -> None:
    chain = "".join(f'<g id="c{n}"><use href="#c{n - 1}"/></g>' for n in range(3_000))
    deep = f"the SVG nests deeper than {DEEPEST}"
    assert refused(drawing(chain)) == deep
    backwards = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(3_000))
    assert refused(drawing(backwards)) == deep
    assert refused(drawing("<g>" * 3_000 + "</g>" * 3_000)) == deep


FOREIGN = {
    "base": (drawing("<use href='#a'/>", 'xml:base="https://evil.example/a.svg"'), "base"),
    "base inside": (drawing('<g xml:base="//evil.example/"/>'), "base"),
    "page": (b'<svg xmlns="http://www.w3.org/1999/xhtml" viewBox="0 0 9 9"/>', "svg xmlns"),
    "no space": (b'<svg viewBox="0 0 9 9"/>', "lacks xmlns"),
    "no space inside": (drawing('<path xmlns="" d="M0 0h9"/>'), "lacks xmlns"),
    "page inside": (drawing('<title xmlns="http://www.w3.org/1999/xhtml">x</title>'), "title"),
    "other link": (drawing('<g xmlns:y="http://y" y:href="#a"/>'), "href"),
    "inkscape": (drawing('<g xmlns:i="http://www.inkscape.org/" i:label="a"/>'), "label"),
    "other root": (f'<g xmlns="{SVG}"/>'.encode(), "outermost"),
    "actuate": (drawing('<use xlink:actuate="onLoad" href="#a"/>'), "actuate"),
}


@pytest.mark.parametrize(("raw", "word"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_svg_is_refused(raw: bytes, word: str) -> None:
    assert word in refused(raw)


GOOD = {
    "many uses": '<path id="a" d="M0 0h9"/>' + '<use href="#a"/>' * 3_000,
    "ten by ten by ten": levels(3, 10),
    "space and language": '<text xml:space="preserve" xml:lang="zh">村</text>',
    "of something else": '<use href="#nothing"/>',
    "prefixed": f'<s:g xmlns:s="{SVG}"/>',
    "foreign namespace declared": '<g xmlns:i="http://www.inkscape.org/"/>',
}


@pytest.mark.parametrize("inside", GOOD.values(), ids=GOOD)
def test_what_people_draw_is_measured(inside: str) -> None:
    assert drawing_size(drawing(inside)) == (9, 9)


def test_the_limit_is_on_what_is_drawn() -> None:
    each = '<path id="a" d="M0 0h9"/><g id="b">' + '<use href="#a"/>' * 99 + "</g>"
    uses = MOST_ELEMENTS // 200
    assert drawing_size(drawing(each + '<use href="#b"/>' * (uses - 5))) == (9, 9)
    assert "expands" in refused(drawing(each + '<use href="#b"/>' * uses))
