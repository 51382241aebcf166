"""Leaves out of paper what people did not agree to for it: a consent for pages is none for packaging.

What the law wants on a label (the maker's name, address and telephone) rests on law and is never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiangji.model.vocabularies import ConsentMedium
from xiangji.problems import Problem, problem
from xiangji.records.product import Product
from xiangji.render.context import RenderContext


def whose(context: RenderContext, text: str, medium: ConsentMedium) -> tuple[str, str]:
    """What in a text may not stand in `medium`, in Chinese and English: somebody's name or words. Empty if nothing."""
    permissions = context.library.permissions
    if name := permissions.unnamed_in(text, medium):
        return f"{name}的名字", f"the name of {name}"
    if person := permissions.unquoted_in(text, medium):
        who = context.library.people[person].name
        return f"{who}的原话", f"words of {who}"
    return "", ""


def allowed(context: RenderContext, text: str, medium: ConsentMedium) -> str:
    """A text, or an empty one if it holds something that may not stand in `medium`."""
    return "" if text and whose(context, text, medium)[0] else text


def all_allowed(
    context: RenderContext, texts: Iterable[str | None], medium: ConsentMedium
) -> tuple[str, ...]:
    """Those of several texts that may stand in `medium`."""
    return tuple(each for each in texts if each and allowed(context, each, medium))


def left_out(context: RenderContext, product: Product, medium: ConsentMedium) -> Iterator[Problem]:
    """Yield what keeps a product's name from a paper, and each telling that is left out of it."""
    where = {"medium": medium, "medium_en": medium.key}
    what, what_en = whose(context, product.name, medium)
    if what:
        place = product.origin.of("name")
        details = {"value": product.name, "what": what, "what_en": what_en}
        yield problem("paper-name-of", place, **details, **where)
    story = context.library.own_story_of(product.id)
    told = story.tellings if story else None
    for name in ("long", "medium", "short") if told else ():
        what, what_en = whose(context, getattr(told, name) or "", medium)
        if told and what:
            details = {"what": what, "what_en": what_en}
            yield problem("paper-telling-of", told.origin.of(name), **details, **where)
