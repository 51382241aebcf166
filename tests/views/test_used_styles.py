"""A page carries the style rules that it can use, and no others."""

from __future__ import annotations

import re

from xiangji.render.templates import policy
from xiangji.views.used_styles import with_used_rules

HEAD = '<meta content="{policy}"><style>{style}</style>'


def trimmed(style: str, body: str, script: bytes = b"") -> str:
    document = HEAD.format(policy=policy(style, False, False), style=style) + body
    made = with_used_rules(document.encode(), script).decode()
    found = re.search("<style>(.*?)</style>(.*)", made, re.DOTALL)
    assert found
    assert found[2] == body, "the page itself stays"
    assert policy(found[1], False, False) in made, "the policy allows the style that is left"
    return found[1]


def test_a_rule_stays_if_the_page_has_its_names() -> None:
    style = ".a b{x:1}\n.a i{x:2}\n#c,.d{x:3}\n*{x:4}\n:root{--x:5}html{x:6}u:hover::before{x:7}"
    body = '<p class="a e" id="c"><b>字</b></p>'
    assert trimmed(style, body) == ".a b{x:1}#c{x:3}*{x:4}:root{--x:5}html{x:6}"


def test_a_media_query_stays_with_its_rules_only() -> None:
    style = "@media print{.a{x:1}.b{x:2}}@media(min-width:47.99rem){.b{x:3}}.a{x:4}"
    assert trimmed(style, '<p class="a"></p>') == "@media print{.a{x:1}}.a{x:4}"


def test_what_a_function_names_is_no_need() -> None:
    style = ".a:not(.b){x:1}p:has(.c,:not(.d)){x:2}:is(.e,.f) p{x:3}.a>span:not(.b){x:4}"
    kept = ".a:not(.b){x:1}p:has(.c,:not(.d)){x:2}:is(.e,.f) p{x:3}"
    assert trimmed(style, '<p class="a"></p>') == kept
    assert trimmed('[dir=rtl] .a{x:1}[data-b="c"]{x:2}', '<p class="a"></p>').count("x") == 2


def test_words_of_the_script_may_come_later() -> None:
    style = ".on{x:1}.off{x:2}img{x:3}"
    assert trimmed(style, "<p></p>", b"make('img', 'on')") == ".on{x:1}img{x:3}"


def test_what_it_cannot_read_stays_whole() -> None:
    for style in (".a{x:1", "}.a{}", ".a{.b{x:1}}.c{x:2}"):
        assert trimmed(style, "<p></p>") == style
    assert trimmed("@font-face{x:1}@keyframes y{from{x:1}to{x:2}}.a{x:1}", "") == (
        "@font-face{x:1}@keyframes y{from{x:1}to{x:2}}"
    )
    assert with_used_rules(b"<p>no style</p>") == b"<p>no style</p>"
