"""A page that lists things to go to: what remains when somebody cuts the end off an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiangji.pages.output import Page
from xiangji.pages.press import Press


def list_page(
    press: Press,
    page: str,
    title: str,
    description: str,
    groups: Sequence[Mapping[str, Any]],
    source: str,
    empty: str = "",
) -> Page:
    """A list at address `page`: `groups` hold a title and entries, `empty` is said without any."""
    document = press.render(
        "list.html",
        page,
        title=title,
        description=description,
        styles=("story",),
        lead=description,
        groups=groups,
        lots=[],
        empty=empty,
    )
    return Page(page, title, description, f"<p>{description}</p>", document, source)
