"""Hostile words in a village become text on a page, or nothing: never markup, script or a request."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path

import pytest

from built import write
from xiangji.build import Site, build
from xiangji.readers.config import read_settings
from xiangji.settings import Settings

BREAKOUT = "</script><script>alert(1)</script>"
MARKUP = "<img src=x onerror=alert(1)>\"'><b onclick=alert(2)>"
BODY = """---
题目: 一篇故事
---

<script>alert(1)</script>

<img src="x" onerror="alert(1)"> <a href="javascript:alert(1)">点</a>
[点](javascript:alert(1)) [点](JaVaScRiPt:alert(1)) [点](data:text/html,<script>alert(1)</script>)
[点](vbscript:x) [点](//evil.example/x) <a href="&#106;avascript:alert(1)">点</a>

<iframe src="https://evil.example/"></iframe><object data="x"></object><embed src="x">
<form action="https://evil.example/"><input name="a"></form><base href="https://evil.example/">
<div style="background:url(https://evil.example/x)" class="bar" onmouseover="alert(1)">字</div>
<style>body{display:none}</style><link rel="stylesheet" href="https://evil.example/x.css">
<svg onload="alert(1)"><script>alert(1)</script></svg><math><mtext></mtext></math>
<img src="https://evil.example/pixel.png"> <img src="//evil.example/pixel.png">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
"""


class Reader(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))


def acts(document: str) -> list[tuple[str, dict[str, str]]]:
    reader = Reader()
    reader.feed(document)
    return reader.found


def site_of(root: Path, files: dict[str, str]) -> Site:
    write(root, {"mkdocs.yml": "site_url: https://example.cn/\n", **files})
    from datetime import date

    settings, found = read_settings(root / "mkdocs.yml", date(2026, 11, 22))
    assert isinstance(settings, Settings)
    return build(settings, found)


@pytest.fixture
def hostile(tmp_path: Path) -> Site:
    quoted = json.dumps(BREAKOUT + MARKUP, ensure_ascii=False)
    return site_of(
        tmp_path,
        {
            "products/brand.yml": f"名称: {quoted}\n村: {quoted}\n一句话: {quoted}\n",
            "products/a/product.yml": (
                f"名称: {quoted}\n类型: 农产品\n一句话: {quoted}\n介绍: {quoted}\n"
                f"购买方式:\n  - {{方式: 小店, 内容: {quoted}}}\n"
                '  - {方式: 小店, 内容: "javascript:alert(1)"}\n'
            ),
            "products/a/batches.csv": f'批号,备注\nL1,"{BREAKOUT}{MARKUP.replace(chr(34), "")}"\n',
        },
    )


def test_words_of_records_stay_words(hostile: Site) -> None:
    assert not hostile.fatal(), hostile.problems
    documents = [page.document for page in hostile.pages]
    documents += [a.content.decode() for a in hostile.artifacts if a.uri.endswith(".html")]
    assert len(documents) > 5
    for document in documents:
        for tag, attributes in acts(document):
            assert not any(key.startswith("on") for key in attributes), (tag, attributes)
            assert not attributes.get("href", "").lower().startswith("javascript:")
            if tag == "script":
                data = attributes.get("type") == "application/ld+json"
                ours = re.search(r"/assets/xiangji/\w+\.\w{10}\.js$", attributes.get("src", ""))
                assert data or ours, attributes
        assert "<b onclick" not in document
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', document):
            json.loads(data)


def test_a_story_s_markup_is_made_harmless(tmp_path: Path) -> None:
    village = {"products/brand.yml": "名称: 村\n", "stories/one/story.md": BODY}
    write(tmp_path, village)
    from datetime import date

    from xiangji.disclosure import disclose
    from xiangji.library.references import assemble
    from xiangji.readers.village import gather
    from xiangji.render import markdown

    library, _ = assemble(gather(tmp_path))
    assert library is not None
    body = disclose(library, date(2026, 11, 22)).stories["one"].body
    made = markdown.to_html(body, lambda link, picture: None if picture else link)
    allowed = {"p", "a", "img", "div", "b", "br"}
    for tag, attributes in acts(made):
        assert tag in allowed, tag
        assert not {"style", "onerror", "onmouseover", "onload"} & attributes.keys()
        assert "src" not in attributes
        address = attributes.get("href", "").lower()
        assert not address.startswith(("javascript", "data", "vbscript")), address
    assert "alert(1)" not in re.sub(r"<[^>]*>", "", made).replace("点", "") or "<script" not in made


def test_a_story_that_loads_from_elsewhere_is_told(tmp_path: Path) -> None:
    village = {"products/brand.yml": "名称: 村\n", "stories/one/story.md": BODY}
    site = site_of(tmp_path, village)
    told = {each.rule for each in site.problems}
    assert "markdown-link" in told
    assert not site.pages
