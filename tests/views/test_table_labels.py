"""A cell of a table says under which heading it stands."""

from __future__ import annotations

import re

from xiangji.render.markdown import to_html
from xiangji.views.table_labels import with_labels

TABLE = "| 项目 | **数** & |\n|---|---|\n| 鸡 | 220 |\n| 蒜 | |\n"


def test_each_cell_has_its_heading() -> None:
    made = to_html(TABLE, lambda target, picture: target)
    found = re.findall(r'<td data-label="([^"]*)">([^<]*)</td>', made)
    assert found == [("项目", "鸡"), ("数 &amp;", "220"), ("项目", "蒜"), ("数 &amp;", "")]
    assert "<table data-cards>" in made and "<th>项目</th>" in made


def test_what_is_no_table_with_a_head_stays() -> None:
    head = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>"
    for html in (
        "<p>字</p>",
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        f'{head}<tr><td colspan="2">合</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
        f'{head}<tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>',
        f"{head}<tr><td><table><tr><td>1</td></tr></table></td><td>2</td></tr></tbody></table>",
    ):
        assert with_labels(html) == html


def test_a_wide_table_can_be_scrolled_by_the_keyboard() -> None:
    wide = "<table><thead><tr><th>甲</th><th>乙</th><th></th><th>丁</th></tr></thead><tbody></tbody></table>"
    made = with_labels(f"{wide}<p>字</p>{wide}")
    assert made.startswith(
        '<div class="xj-scroll" role="region" tabindex="0" aria-label="甲 · 乙 · 丁"><table'
    )
    assert 'aria-label="甲 · 乙 · 丁 (2)"' in made and made.endswith("</table></div>")


def test_a_corner_without_a_text_is_no_heading() -> None:
    made = to_html("| | 数 |\n|---|---|\n| 鸡 | 220 |\n", lambda target, picture: target)
    assert "<tr><td></td><th>数</th></tr>" in re.sub(r"\s*\n\s*", "", made)
    assert '<td data-label="">鸡</td><td data-label="数">220</td>' in re.sub(r"\s*\n\s*", "", made)
