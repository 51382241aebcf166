"""`xiangji posters`: writes posters as files, each after its code has been read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from xiangji.build import open_press
from xiangji.cache import Cache
from xiangji.cli.printing.paper import deliver, paper_place
from xiangji.cli.printing.print_register import put_runs, reason_given, with_runs
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import open_cache, open_settings, problems_text, refused, tell
from xiangji.cli.words import say
from xiangji.model.nearest import suggestion
from xiangji.model.vocabularies import PosterLayout
from xiangji.output.paper_folder import PaperFolder
from xiangji.paper.coded import unreachable
from xiangji.paper.fonts import find_fonts
from xiangji.paper.labels.print_run import run_row
from xiangji.paper.posters.file import SENT
from xiangji.paper.posters.poster import SHAPES, Draft, Poster, draft, make
from xiangji.paper.posters.text import Subject, all_subjects, find_subjects
from xiangji.paper.stopped_lots import note_of_run
from xiangji.problems import Problem, fatal, in_order
from xiangji.records.code import PrintedCode
from xiangji.render.context import RenderContext


def make_posters(
    lang: str,
    names: tuple[str, ...],
    all: bool,
    shape: str | None,
    layout: str | None,
    anyway: str | None,
    out: Path | None,
    config: Path,
    date: str | None,
    site_url: str | None,
) -> int:
    """Make and write posters of `names`, or of everything. Returns the exit status."""
    settings, found = open_settings(lang, config, date, site_url)
    if bool(names) == all:
        raise click.UsageError(say("posters-which", lang))
    context, told = open_press(settings, found, cache := open_cache(settings.root))
    if context is None:
        tell(told, lang, settings.root)
        return 1
    if settings.site_url and refused(lang, settings.root, unreachable(context, sheet=False)):
        return 1
    target = paper_place(settings.root, out, "posters")
    reason = reason_given(lang, anyway)
    subjects, problems = _subjects(lang, context, names, reason)
    rows = _rows(context, subjects, reason)
    register = with_runs(lang, settings.root, told, rows) if rows else b""
    status = _write_posters(lang, context, cache, subjects, problems, shape, layout, target)
    if rows and status == 0:
        put_runs(lang, settings.root, register)
    return status


def _rows(context: RenderContext, subjects: list[Subject], anyway: str) -> list[PrintedCode]:
    """What the register gets: posters of lots that are not sold."""
    rows: list[PrintedCode] = []
    for each in subjects:
        batch = context.library.batches.get(each.key)
        if batch is not None and note_of_run(context, batch, anyway):
            rows.append(run_row(context, batch, each.page, ("海报", each.name), None, anyway, rows))
    return rows


def _write_posters(
    lang: str,
    context: RenderContext,
    cache: Cache,
    subjects: list[Subject],
    problems: list[Problem],
    shape: str | None,
    layout: str | None,
    out: PaperFolder,
) -> int:
    fonts = find_fonts(context.settings.root)
    shapes = [SHAPES[shape]] if shape else list(SHAPES.values())
    wanted = PosterLayout.of(layout) if layout else None
    assert wanted is None or isinstance(wanted, PosterLayout)
    drafts: list[Draft] = []
    for subject in subjects:
        for each in shapes:
            planned, found = draft(context, subject, each, fonts, SENT, wanted)
            problems += found
            if planned is not None:
                drafts.append(planned)
    posters = []
    with ProgressLine(lang) as progress:
        for done, planned in enumerate(drafts):
            progress("posters", done, len(drafts))
            poster, found = make(planned, fonts, cache)
            problems += found
            if poster is not None:
                posters.append(poster)
        if drafts:
            progress("posters", len(drafts), len(drafts))
    return _deliver(lang, context.settings.root, posters, problems, out)


def _subjects(
    lang: str, context: RenderContext, names: tuple[str, ...], anyway: str
) -> tuple[list[Subject], list[Problem]]:
    if not names:
        return all_subjects(context), []
    library = context.library
    subjects: list[Subject] = []
    problems: list[Problem] = []
    for name in names:
        found, refused = find_subjects(context, name.strip("/"), anyway)
        if not found and not refused:
            known = [*library.stories, *library.products, *library.batches]
            near = suggestion(name, known)[0 if lang == "zh" else 1]
            raise click.UsageError(say("posters-no-name", lang, value=name, near=near))
        subjects += found
        problems += refused
    return subjects, problems


def _deliver(
    lang: str, root: Path, posters: list[Poster], problems: list[Problem], out: PaperFolder
) -> int:
    if problems:
        click.echo(problems_text(in_order(problems), lang, root), err=True)
    if posters:
        deliver(lang, out, {name_of(poster): poster.content for poster in posters})
    click.echo(say("posters-done", lang, count=len(posters), out=out.shown))
    return 1 if fatal(problems, strict=False) else 0


def name_of(poster: Poster) -> str:
    """Return a poster's file name, such as `stories-laziji-tall.png`: the page that it leads to, and its shape."""
    stem = "-".join(_parts(poster.subject.page))
    return f"{stem}-{poster.shape.key}.{poster.ending}"


def _parts(page: str) -> Iterator[Any]:
    return (part for part in page.split("/") if part)
