"""Family: a page for each poster, to press and hold. On only in a village that names `posters`.

The picture stands on a page of its own, so that no other page grows by it. What decides its bytes
decides its address; the bytes are made when all pages are, those that are not in the cache.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import suppress
from pickle import PicklingError

from xiangji import urls
from xiangji.pages.darkroom import Progress
from xiangji.pages.derivatives import Damaged
from xiangji.pages.family import Family, NoOptions
from xiangji.pages.output import Artifact, Output, sheet_file
from xiangji.pages.press import Link, Press
from xiangji.pages.states import poster_batch
from xiangji.paper.fonts import Fonts, NoPrinting, find_fonts
from xiangji.paper.poster_file import SITE
from xiangji.paper.poster_text import Subject, all_subjects
from xiangji.paper.posters import SHAPES, Draft, NotRead, draft, make, rendered, unpacked
from xiangji.problems import Problem, problem
from xiangji.records.location import Location

_SHAPE = SHAPES["tall"]
"""The shape that fills a phone in a group chat without being cut."""


def outputs(press: Press, options: NoOptions) -> Iterator[Output]:
    """A page for each poster whose subject has a page; what cannot be made is told."""
    try:
        fonts = find_fonts(press.settings.root, press.pictures.cache)
    except NoPrinting:
        press.problems.append(problem("poster-no-extra", _config(press)))
        return
    drafts = []
    for subject in all_subjects(press):
        if not _has_page(press, subject):
            continue
        made, found = draft(press, subject, _SHAPE, fonts, SITE)
        press.problems.extend(each for each in found if each not in press.problems)
        if made is not None:
            drafts.append(made)
            yield _page(press, made)
    if drafts:
        press.works.append(lambda progress: _pictures(press, drafts, fonts, progress))


def _config(press: Press) -> Location:
    given = press.settings.families.get("posters")
    return given.location if given else Location(press.settings.config_file)


def _has_page(press: Press, subject: Subject) -> bool:
    """Whether the family that the poster leads to is on."""
    families = ((urls.STORIES, "stories"), (urls.PRODUCTS, "products"), (urls.TRACE, "trace"))
    return any(subject.page.startswith(at) and name in press.choice for at, name in families)


def _address(made: Draft) -> str:
    """Where the picture is; its name says nothing but what is in it."""
    name = made.key.rpartition("/")[2][:16]
    return urls.asset(f"{name}-poster.{made.ending}")


def _page(press: Press, made: Draft) -> Output:
    subject, page = made.subject, urls.poster(made.subject.page)
    document = press.render(
        "poster.html",
        page,
        title=f"{subject.name}的海报",
        description=f"{subject.name}的海报，长按保存，发给朋友。",
        styles=("usual", "poster"),
        share=press.absolute(_address(made)),
        name=subject.name,
        image=urls.relative(_address(made), page),
        width=made.shape.width,
        height=made.shape.height,
        alt=_alt(subject),
        onward=list(_onward(press, subject, page)),
        preview=press.settings.preview,
    )
    return sheet_file(page, document, subject.place.path)


def _alt(subject: Subject) -> str:
    """What stands on the poster, for those who do not see it."""
    told = subject.tellings[0].words if subject.tellings else subject.line
    parts = (f"海报：{subject.name}", subject.alt, subject.state, *subject.facts, told)
    return "。".join(each.rstrip("。") for each in parts if each)


def _onward(press: Press, subject: Subject, page: str) -> Iterator[Link]:
    back = {urls.STORIES: "回到故事", urls.PRODUCTS: "回到产品", urls.TRACE: "回到这一批"}
    for at, text in back.items():
        if subject.page.startswith(at):
            yield Link(text, urls.relative(subject.page, page))
    product = press.library.products.get(subject.key)
    if product is None or not subject.page.startswith(urls.PRODUCTS):
        return
    batch = poster_batch(press.library, product, press.settings.today)
    if batch is not None and "trace" in press.choice:
        at = urls.poster(urls.sheet(batch.product, batch.lot))
        yield Link(f"这一批（{batch.lot}）的海报", urls.relative(at, page))


def _pictures(
    press: Press, drafts: list[Draft], fonts: Fonts, progress: Progress | None
) -> tuple[Iterable[Artifact], Iterable[Problem]]:
    """The pictures of all posters."""
    files: dict[str, Artifact] = {}
    problems: list[Problem] = []
    cache = press.pictures.cache
    unmade = [each for each in drafts if cache.stored(each.key, unpacked) is None]
    tell = progress or (lambda *_: None)
    if unmade:
        tell("posters", 0, len(unmade))
    at_once = _rendered_at_once(unmade, fonts, tell)
    done = len(at_once)
    for each in drafts:
        made, found = make(each, fonts, cache, at_once.get(each.key))
        problems += found
        if each in unmade and each.key not in at_once:
            done += 1
            tell("posters", done, len(unmade))
        if made is not None:
            at = _address(each)
            files[at] = Artifact(at, made.content, made.subject.place.path)
    return files.values(), dict.fromkeys(problems)


_SEVERAL = 8
"""Posters from which on further processes are worth what it costs to start them."""

_MOST = 4
"""Processes: each takes some 150 MB."""


def _rendered_at_once(drafts: list[Draft], fonts: Fonts, tell: Progress) -> dict[str, bytes]:
    """Posters by their keys, as far as several processes made them. In processes, since Typst holds the interpreter
    while it works, and in new ones, since one that was forked while it works may wait for ever. What fails is left
    to whoever makes the others one after another: it tells why."""
    made: dict[str, bytes] = {}
    several = min(_MOST, os.cpu_count() or 1, len(drafts) // 2)
    if len(drafts) < _SEVERAL or several < 2:
        return made
    try:
        with ProcessPoolExecutor(several, multiprocessing.get_context("spawn")) as pool:
            running = {pool.submit(rendered, each, fonts): each for each in drafts}
            for future in as_completed(running):
                with suppress(Damaged, NotRead):
                    made[running[future].key] = future.result()
                    tell("posters", len(made), len(drafts))
    except (BrokenExecutor, OSError, PicklingError):
        pass
    return made


FAMILY = Family("posters", outputs)
