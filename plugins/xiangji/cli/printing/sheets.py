"""`xiangji sheets` and `xiangji cards`: write PDFs after their codes have been read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct, field

from xiangji import urls
from xiangji.build import open_press
from xiangji.cli.printing.paper import deliver, paper_place, say_read
from xiangji.cli.printing.print_register import put_runs, reason_given, with_runs
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import named_goods, named_lots, open_cache, open_settings, refused, tell
from xiangji.cli.words import say
from xiangji.problems import Problem, fatal, in_order
from xiangji.records.batch import Batch
from xiangji.records.code import PrintedCode
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

if TYPE_CHECKING:
    from xiangji.paper.delivery import Finished


def make_sheets(lang: str, **given: Any) -> int:
    """Make batch sheets, or a booklet of them. Returns the exit status."""
    return _run(lang, "sheets", _sheet_files, **given)


def make_cards(lang: str, **given: Any) -> int:
    """Make cards. Returns the exit status."""
    return _run(lang, "cards", _card_files, **given)


class SheetMeans(Struct, frozen=True):
    """Everything that is needed to make sheets or cards."""

    lang: str
    context: RenderContext
    fonts: Any
    cache: Any
    given: dict[str, Any]
    rows: list[PrintedCode] = field(default_factory=list)
    """What the register of prints gets."""
    left: list[Problem] = field(default_factory=list)
    """Problems of cards that were left out of a document of all."""
    printed: list[int] = field(default_factory=list)
    """How many cards are in a document of all."""


Setting = Callable[[], tuple[Any, list[Problem]]]
"""Typesets a document. Returns the finished print, and the problems of what did not fit."""

File = tuple[str, Setting]
"""A file's name, and the function that typesets it."""

Plan = tuple[list[File], list[Problem]]
"""The files to make, and the problems that keep others from being made."""


def _run(
    lang: str,
    folder: str,
    plan: Callable[[SheetMeans], Plan],
    config: Path,
    date: str | None,
    site_url: str | None,
    **given: Any,
) -> int:
    """Plan, typeset, verify, and only then write. Returns the exit status."""
    from xiangji.paper.fonts import find_fonts

    settings, found = open_settings(lang, config, date, site_url)
    fonts = find_fonts(settings.root)
    cache = open_cache(settings.root)
    context, problems = open_press(settings, found, cache)
    if context is None:
        tell(problems, lang, settings.root)
        return 1
    desk = SheetMeans(lang, context, fonts, cache, given)
    files, findings = plan(desk)
    if not files and not findings:
        raise click.UsageError(say("sheets-none", lang))
    # Cards and sheets are printed as far as they can be: one name that is too long keeps no other from the stall. What
    # is registered with a reason is printed whole or not at all.
    apart = not given.get("booklet") and not (given["lots"] and desk.rows)
    made, more = _made(desk, files) if apart or not fatal(findings, strict=False) else ([], [])
    told = [*findings, *more, *desk.left]
    if not (apart and made) and refused(lang, settings.root, told):
        return 1
    lacking = apart and fatal(told, strict=False)
    if apart and made and told:
        tell(in_order(told), lang, settings.root)
    place = paper_place(settings.root, given["out"], folder)
    register = with_runs(lang, settings.root, problems, desk.rows) if desk.rows else b""
    deliver(lang, place, {name: file.pdf for name, file in made})
    if desk.rows:
        put_runs(lang, settings.root, register)
    for name, file in made:
        say_read(lang, place.shown / name, file)
    click.echo(say("paper-actual", lang))
    if lacking:
        count = sum(desk.printed) or len(made)
        click.echo(say("cards-rest", lang, count=count), err=True)
    return 1 if lacking else 0


def _made(
    desk: SheetMeans, files: Sequence[File]
) -> tuple[list[tuple[str, Finished]], list[Problem]]:
    """Typeset and verify every file. Returns the files by name, and the problems."""
    from xiangji.model.location import Location
    from xiangji.paper.coded import RESOLUTION
    from xiangji.paper.delivery import finish

    made: list[tuple[str, Finished]] = []
    told: list[Problem] = []
    place = Location(desk.context.settings.config_file)
    with ProgressLine(desk.lang) as progress:
        for at, (name, setting) in enumerate(files):
            progress("labels", at, len(files))
            alone = progress if len(files) == 1 else None
            file, problems = finish(*setting(), RESOLUTION, place, alone)
            told += problems
            made += [(name, file)] if file else []
        progress("labels", len(files), len(files))
    return made, told


# --- sheets --------------------------------------------------------------------------------------


def _sheet_files(desk: SheetMeans) -> Plan:
    from xiangji.paper import sheets

    context, given, black = desk.context, desk.given, desk.given["black"]
    batches = _batches(desk)
    ready: list[sheets.PrintedSheet] = []
    told: list[Problem] = []
    for batch in batches:
        sheet, problems = sheets.prepare(context, batch, desk.fonts)
        told += problems
        ready += [sheet] if sheet else []

    def setting(of: list[sheets.PrintedSheet], chosen: str | None = None) -> Setting:
        return lambda: sheets.set_sheets(context, of, desk.fonts, desk.cache, black, chosen)

    if given["booklet"]:
        chosen = _chosen(given, len(ready))
        return [("booklet.pdf", setting(ready, chosen))] if ready else [], told
    return [(each.file_name, setting([each])) for each in ready], told


def _batches(desk: SheetMeans) -> list[Batch]:
    from xiangji.paper.sheets import current

    library, given = desk.context.library, desk.given
    if given["lots"]:
        return named_lots(desk.lang, library, given["lots"])
    if given["all"]:
        return [each for product in library.products for each in library.lots_of(product)]
    return current(desk.context)


def _chosen(given: dict[str, Any], count: int) -> str:
    """Return how the sheets of a booklet were chosen, in Chinese, because it is printed."""
    from xiangji.paper.sheets import HOW_CHOSEN

    if given["lots"]:
        return say("sheets-chosen-named", "zh", count=count)
    return say("sheets-chosen-every", "zh", count=count) if given["all"] else HOW_CHOSEN


# --- cards ---------------------------------------------------------------------------------------


def _card_files(desk: SheetMeans) -> Plan:
    from xiangji.paper import cards
    from xiangji.paper.labels.print_run import run_row
    from xiangji.paper.stopped_lots import note_of_run

    context, given = desk.context, desk.given
    kind = cards.KINDS[given["kind"]]
    copies = given["copies"] or (4 if kind.key == "feedback" else 1)
    anyway = reason_given(desk.lang, given["anyway"])
    ready: list[cards.DisplayCard] = []
    told: list[Problem] = []
    for product, batch in _goods(desk):
        card, problems = cards.prepare(context, kind, product, batch, desk.fonts, copies, anyway)
        told += problems
        ready += [card] if card else []
        if card and batch and kind.sells and note_of_run(context, batch, anyway):
            form = urls.elder_sheet if kind.key == "shelf" else urls.sheet
            address = form(batch.product, batch.lot)
            what = kind.zh, product.name
            desk.rows.append(run_row(context, batch, address, what, copies, anyway, desk.rows))

    def setting(of: list[cards.DisplayCard]) -> Setting:
        on_a4 = given["stock"] == "a4"
        return lambda: cards.set_cards(context, of, desk.fonts, desk.cache, given["black"], on_a4)

    def fitting() -> tuple[Any, list[Problem]]:
        on_a4, black = given["stock"] == "a4", given["black"]
        printed, misfits, left = cards.set_fitting(
            context, ready, desk.fonts, desk.cache, black, on_a4
        )
        desk.left.extend(left)
        desk.printed.append(len(printed.addresses))
        return printed, misfits

    if given["lots"]:
        return [(each.file_name, setting([each])) for each in ready], told
    return [(f"cards_{kind.key}.pdf", fitting)] if ready else [], told


def _goods(desk: SheetMeans) -> list[tuple[Product, Batch | None]]:
    """Return the products of the batches that were named, or each product with its newest batch that may be sold."""
    from xiangji.paper.cards import newest_sold

    library = desk.context.library
    if desk.given["lots"]:
        named = named_goods(desk.lang, library, desk.given["lots"])
        return [
            (each, None) if isinstance(each, Product) else (library.products[each.product], each)
            for each in named
        ]
    return [(each, newest_sold(desk.context, each)) for each in library.products.values()]
