"""The pages that show records of several kinds together, for the index of the village's lists to lead to."""

from __future__ import annotations

from xiangji import urls
from xiangji.render.context import Link, RenderContext


def village_ways(context: RenderContext) -> tuple[Link, ...]:
    """The titles of the pages that exist, each with its address."""
    library = context.library
    found = [Link(urls.THANKS_TITLE, urls.THANKS)] if library.thanked_people() else []
    if library.partners:
        found.append(Link(urls.PARTIES_TITLE, urls.PARTIES))
    if library.shelf("indicators"):
        found.append(Link(urls.IMPACT_TITLE, urls.IMPACT))
    found.append(Link(urls.DATA_TITLE, urls.DATA))
    return tuple(found)
