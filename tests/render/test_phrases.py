"""A title breaks where one pauses when one reads it."""

from __future__ import annotations

import pytest

from xiangji.render.templates import phrases


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("一锅辣子鸡，三种开头", ["一锅辣子鸡，", "三种开头"]),
        ("灶上阿乙（示例）", ["灶上阿乙", "（示例）"]),
        ("《酱》（一）", ["《酱》", "（一）"]),
        ("阳朗辣子鸡", ["阳朗辣子鸡"]),
        ("？", ["？"]),
        ("", [""]),
    ],
)
def test_the_parts_of_a_title(title: str, parts: list[str]) -> None:
    assert phrases(title) == parts
    assert "".join(phrases(title)) == title
