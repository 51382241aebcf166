"""Words that run from right to left say so, wherever they come from; all other pages stay byte by byte as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import Document, here
from xiangji.views.languages import directed

UYGHUR = "لازا قۇرۇتۇلدى"


def ways(html: str) -> list[tuple[str, str]]:
    page = Document(directed(html.encode()).decode())
    return [(each.tag, each["dir"]) for each in page.elements if each["dir"]]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (f"<p>{UYGHUR} (2026).</p>", [("p", "rtl")]),
        ("<p>שלום</p>", [("p", "rtl")]),
        (f"<p>2026. “{UYGHUR}”</p>", [("p", "rtl")]),
        (f"<p>辣椒叫 {UYGHUR}。</p>", []),
        (f"<p>辣椒叫 <b>{UYGHUR}</b>。</p>", [("b", "rtl")]),
        (f"<h1>{UYGHUR}</h1><td>{UYGHUR}</td>", [("h1", "rtl"), ("td", "rtl")]),
        (f"<ul><li>{UYGHUR}</li><li>{UYGHUR}</li></ul>", [("ul", "rtl"), ("li", "rtl"), ("li", "rtl")]),
        (f"<ul><li>{UYGHUR}</li><li>辣椒</li></ul>", [("li", "rtl")]),
        (f"<blockquote><p>{UYGHUR}</p><p>辣椒</p></blockquote>", [("blockquote", "rtl"), ("p", "rtl"), ("p", "ltr")]),
        (f'<p dir="auto">{UYGHUR}</p>', [("p", "auto")]),
        (f"<title>{UYGHUR}</title><script>'{UYGHUR}'</script><p>辣椒</p>", []),
        (f"<p>\n&lt;{UYGHUR}<br>&amp;</p>", [("p", "rtl")]),
        ("<p>&#1604;ازا</p><p>辣椒</p>", [("p", "rtl")]),
    ],
)  # fmt: skip
def test_what_says_which_way_it_runs(html: str, told: list[tuple[str, str]]) -> None:
    assert ways(html) == told


def test_a_page_in_chinese_is_left_alone() -> None:
    page = "<p>辣椒，é “x” ①</p>".encode()
    assert directed(page) is page


def test_names_in_records_say_so_too(tmp_path: Path) -> None:
    root = tmp_path / "village"
    here("xiangji", "new", str(root), cwd=tmp_path)
    product = root / "products/first-product/product.yml"
    lines = product.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("名称:"))
    lines[at] = f"名称: {UYGHUR}"
    product.write_text("\n".join(lines), "utf-8")
    done = here("xiangji", "build", cwd=root)
    assert done.returncode == 0, done.stderr
    for name in ("products/first-product", "t/first-product/2026-01A"):
        page = Document((root / "site" / name / "index.html").read_text("utf-8"))
        (heading,) = page.all("h1")
        assert (heading["dir"], UYGHUR in heading.text) == ("rtl", True), name
