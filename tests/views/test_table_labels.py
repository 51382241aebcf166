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
    assert "<th>项目</th>" in made


def test_what_is_no_table_with_a_head_stays() -> None:
    for html in ("<p>字</p>", "<table><tbody><tr><td>1</td></tr></tbody></table>"):
        assert with_labels(html) == html
