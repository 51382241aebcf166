"""HTML pieces inside a text: a quoted card, the differing accounts, the steps of a process.

An author places one by a block, a line of its own in Markdown: `[卡片 k07]`, `[几种说法]`, `[怎么做]`. In hand-written pages
the blocks are `[产品]`, `[故事]`, `[人物]`, `[批次]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from xiangji.images.pictures import PictureRole
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.vocabularies import Secrecy
from xiangji.problems import Problem, problem
from xiangji.records.story import Account, Card, ProcessStep
from xiangji.render.context import RenderContext
from xiangji.views.entries import lines, source_views

Block = Callable[[str], str | None]
"""A function from the words after a block's name to HTML, or to None if the named thing does not exist."""

_BLOCK = late_pattern(
    r"^[ \t]*\[([^\[\]\s]{1,12})(?:[ \t]+([^\[\]]{1,60}))?\][ \t]*$", re.MULTILINE
)
_FENCE = late_pattern(r"^[ \t]*(```+|~~~+)[^\n]*\n.*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
_STEP = PictureRole("step", ((360, 270, 12_000),))


def card_html(context: RenderContext, card: Card, page: str, hear: str = "") -> Markup:
    """A card as a quotation: who said it, its topic, its evidence and sources.

    `hear` links to its recording. A card whose words may not be published shows its outline instead.
    """
    kept = card.secrecy is Secrecy.OUTLINE or not card.words
    teller = context.library.people.get(card.teller or "")
    view = {
        "id": card.id,
        "lines": lines(card.outline or "这张卡片的原话不公开") if kept else lines(card.words),
        "kept": kept,
        "topic": card.topic,
        "evidence": card.evidence,
        "teller": context.person_link(teller, page) if teller else None,
        "sources": source_views(context.library, card.sources),
        "sample": card.sample,
        "hear": hear,
    }
    return context.fragment("card.html", card=view)


def accounts_html(context: RenderContext, accounts: Iterable[Account], page: str) -> Markup:
    """The accounts side by side. None is presented as the true one."""
    views = []
    for account in accounts:
        teller = context.library.people.get(account.teller or "")
        views.append(
            {
                "title": account.title,
                "text": account.text,
                "evidence": account.evidence,
                "teller": context.person_link(teller, page) if teller else None,
                "sources": source_views(context.library, account.sources),
                "sample": account.sample,
            }
        )
    return context.fragment("accounts.html", accounts=views)


def steps_html(context: RenderContext, steps: Iterable[ProcessStep], page: str) -> Markup:
    """The steps of a process, with pictures."""
    views = [
        {"title": step.title, "note": step.note, "picture": context.shown(step, _STEP, page)}
        for step in steps
    ]
    return context.fragment("steps.html", steps=views)


def list_html(context: RenderContext, entries: Iterable[object], shape: str = "wide") -> Markup:
    """Entries as cards for hand-written pages. `shape` is `wide` or `square`."""
    return context.fragment("cards.html", entries=list(entries), shape=shape)


def names_in(text: str) -> set[str]:
    """Return the names on the block lines of Markdown, in small letters."""
    return {match[1].lower() for match in _BLOCK.finditer(text)}


def expand(
    text: str, blocks: Mapping[str, Block], place: Location
) -> tuple[list[str | Markup], set[str], list[Problem]]:
    """Split Markdown at its block lines, and replace each block by its HTML.

    Returns the pieces in order (Markdown as str, HTML as Markup), the blocks that were used (name and words), and a
    problem for every block that does not exist. `place` is the location where `text` begins. Lines in fenced code are
    no blocks.
    """
    pieces: list[str | Markup] = []
    used: set[str] = set()
    problems: list[Problem] = []
    last = 0
    fences = [(fence.start(), fence.end()) for fence in _FENCE.finditer(text)]
    for match in _BLOCK.finditer(text):
        if any(start <= match.start() < end for start, end in fences):
            continue
        name, words = match[1], (match[2] or "").strip()
        block = blocks.get(name.lower())
        made = block(words) if block else None
        if made is None:
            problems.append(_misplaced(match, blocks, _at(text, match, place)))
            continue
        pieces += [_piece(text, last, match.start()), Markup(made)]  # noqa: S704 (made by our templates)
        used.add(f"{name} {words}".strip())
        last = match.end()
    return [*pieces, _piece(text, last, len(text))], used, problems


def _piece(text: str, start: int, end: int) -> str:
    """A part of a text, with a blank line for each line before it, so that line numbers in problems stay right."""
    return "\n" * text.count("\n", 0, start) + text[start:end]


def _at(text: str, match: re.Match[str], place: Location) -> Location:
    """The location of a block in its file."""
    line = place.line + text.count("\n", 0, match.start(1))
    column = match.start(1) - text.rfind("\n", 0, match.start(1)) - 1
    return Location(place.path, line, column)


def _misplaced(match: re.Match[str], blocks: Mapping[str, Block], place: Location) -> Problem:
    """The problem for a block with an unknown name, or for a known block that names something that does not exist."""
    name, words = match[1], (match[2] or "").strip()
    if name.lower() in blocks:
        return problem("block-target", place, value=match[0].strip(), words=words or "—")
    near, near_en = suggestion(name, blocks)
    known = "、".join(f"[{each}]" for each in blocks if not each.isascii())
    return problem(
        "block-unknown", place, value=match[0].strip(), near=near, near_en=near_en, known=known
    )
