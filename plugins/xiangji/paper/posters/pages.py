"""The family `posters`: a page for each poster, which readers press and hold to save. It is off by default.

The picture has a page of its own, so that no other page becomes larger. Its address contains the digest of everything
that decides its bytes. Pictures that are not in the cache are made after all pages.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import suppress
from pickle import PicklingError

from xiangji import urls
from xiangji.images.renditions import DamagedPhoto
from xiangji.images.worker import Progress
from xiangji.kinds.installed import kinds_with
from xiangji.model.location import Location
from xiangji.pages.batches.states import poster_batch
from xiangji.paper.fonts import Fonts, NoPrinting, find_fonts
from xiangji.paper.posters.file import SITE
from xiangji.paper.posters.poster import SHAPES, Draft, NotRead, draft, make, rendered, unpacked
from xiangji.paper.posters.text import Subject, all_subjects
from xiangji.problems import Problem, problem
from xiangji.render.context import Link, RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.outputs import Artifact, Output, sheet_file

_SHAPE = SHAPES["tall"]
"""The shape of posters on the site. A group chat in WeChat shows it without cutting it."""


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """Yield a page for each poster whose subject has a page. A poster that cannot be made gives a problem."""
    try:
        fonts = find_fonts(context.settings.root, context.pictures.cache)
    except NoPrinting:
        context.problems.append(problem("poster-no-extra", _config(context)))
        return
    drafts = []
    for subject in all_subjects(context):
        if not _has_page(context, subject):
            continue
        made, found = draft(context, subject, _SHAPE, fonts, SITE)
        context.problems.extend(each for each in found if each not in context.problems)
        if made is not None:
            drafts.append(made)
            yield _page(context, made)
    if drafts:
        context.works.append(lambda progress: _pictures(context, drafts, fonts, progress))


def _config(context: RenderContext) -> Location:
    given = context.settings.families.get("posters")
    return given.location if given else Location(context.settings.config_file)


def _has_page(context: RenderContext, subject: Subject) -> bool:
    """Whether the family of the page that the poster's code leads to is switched on."""
    families = [(urls.STORIES, "stories"), (urls.PRODUCTS, "products"), (urls.TRACE, "trace")]
    families += [
        (each.address, each.family)
        for each in kinds_with(context.library.shelves).kinds
        if each.poster
    ]
    return any(
        subject.page.startswith(at) and (not name or name in context.choice)
        for at, name in families
    )


def _address(made: Draft) -> str:
    """Return the address of the picture. Its name is a digest."""
    name = made.key.rpartition("/")[2][:16]
    return urls.asset(f"{name}-poster.{made.ending}")


def _page(context: RenderContext, made: Draft) -> Output:
    subject, page = made.subject, urls.poster(made.subject.page)
    document = context.render(
        "poster.html",
        page,
        title=f"{subject.name}的海报",
        description=f"{subject.name}的海报，长按保存，发给朋友。",
        styles=("usual", "poster"),
        share=context.absolute(_address(made)),
        name=subject.name,
        image=urls.relative(_address(made), page),
        width=made.shape.width,
        height=made.shape.height,
        alt=_alt(subject),
        onward=list(_onward(context, subject, page)),
        preview=context.settings.preview,
    )
    return sheet_file(page, document, subject.place.path)


def _alt(subject: Subject) -> str:
    """Return the text of the poster as alternative text."""
    told = subject.tellings[0].words if subject.tellings else subject.line
    parts = (f"海报：{subject.name}", subject.alt, subject.state, *subject.facts, told)
    return "。".join(each.rstrip("。") for each in parts if each)


def _onward(context: RenderContext, subject: Subject, page: str) -> Iterator[Link]:
    back = {urls.STORIES: "回到故事", urls.PRODUCTS: "回到产品", urls.TRACE: "回到这一批"}
    back |= {
        each.address: f"回到{each.heading}"
        for each in kinds_with(context.library.shelves).kinds
        if each.poster
    }
    for at, text in back.items():
        if subject.page.startswith(at):
            yield Link(text, urls.relative(subject.page, page))
    product = context.library.products.get(subject.key)
    if product is None or not subject.page.startswith(urls.PRODUCTS):
        return
    batch = poster_batch(context.library, product, context.settings.today)
    if batch is not None and "trace" in context.choice:
        at = urls.poster(urls.sheet(batch.product, batch.lot))
        yield Link(f"这一批（{batch.lot}）的海报", urls.relative(at, page))


def _pictures(
    context: RenderContext, drafts: list[Draft], fonts: Fonts, progress: Progress | None
) -> tuple[Iterable[Artifact], Iterable[Problem]]:
    """Return the pictures of all posters, and the problems of making them."""
    files: dict[str, Artifact] = {}
    problems: list[Problem] = []
    cache = context.pictures.cache
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
"""The number of posters from which worker processes save more time than it takes to start them."""

_MOST_WORKERS = 4
"""The most worker processes. Each takes about 150 MB of memory."""


def _rendered_at_once(drafts: list[Draft], fonts: Fonts, tell: Progress) -> dict[str, bytes]:
    """Return rendered posters by their keys, as far as worker processes could make them.

    It uses processes, since Typst holds the GIL while it works. It spawns them, since a process forked while Typst
    works may hang. Posters that fail are left out: the caller makes them again one by one and reports why they fail.
    """
    made: dict[str, bytes] = {}
    several = min(_MOST_WORKERS, os.cpu_count() or 1, len(drafts) // 2)
    if len(drafts) < _SEVERAL or several < 2:
        return made
    try:
        with ProcessPoolExecutor(several, multiprocessing.get_context("spawn")) as pool:
            running = {pool.submit(rendered, each, fonts): each for each in drafts}
            for future in as_completed(running):
                with suppress(DamagedPhoto, NotRead):
                    made[running[future].key] = future.result()
                    tell("posters", len(made), len(drafts))
    except (BrokenExecutor, OSError, PicklingError):
        pass
    return made


FAMILY = Family("posters", outputs)
