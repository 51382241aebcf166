"""`xiangji labels`: writes labels of batches, or a roll of codes, as verified PDF, and registers a real print run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from xiangji.build import open_press
from xiangji.cli.printing.paper import deliver, paper_place
from xiangji.cli.printing.print_register import put_runs, reason_given, with_runs
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import named_goods, open_cache, open_settings, refused, tell
from xiangji.cli.words import say
from xiangji.model.location import Location
from xiangji.model.vocabularies import ProductKind
from xiangji.output.paper_folder import PaperFolder
from xiangji.paper.coded import unregistrable
from xiangji.paper.delivery import Finished, finish
from xiangji.paper.fonts import Fonts, find_fonts
from xiangji.paper.formats import LARGEST, SMALLEST, STOCKS, TEMPLATES, Stock, Template, grid
from xiangji.paper.labels.design_pack import design_pack
from xiangji.paper.labels.label import (
    Label,
    LabelOrder,
    copies_of,
    prepare,
    prepare_goods,
    prepare_roll,
)
from xiangji.paper.labels.print_run import batch_rows, roll_rows, sellable, without_lots
from xiangji.paper.labels.rolls import misfits_of_roll
from xiangji.paper.labels.setting import LabelSheets, set_labels
from xiangji.paper.labels.text import LEAST_HEIGHT
from xiangji.problems import Problem, fatal
from xiangji.readers.tables.registers import REGISTER
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

_DRY, _THERMAL = 300, 203
"""The usual resolution of office printers and of thermal printers, in dots per inch."""


class LabelArguments(Struct, frozen=True, kw_only=True):
    """The arguments of the command."""

    lots: tuple[str, ...]
    every: bool
    roll: str | None
    template: str | None
    size: str | None
    stock: Stock
    resolution: int
    copies: int | None
    level: str
    black: bool
    together: bool
    pack: bool
    register: bool
    anyway: str
    out: PaperFolder


class LabelFile(Struct, frozen=True):
    """One finished file: its name without ending, its labels, and the PDF with the result of the print check."""

    name: str
    order: LabelOrder
    sheets: LabelSheets
    file: Finished


def make_labels(
    lang: str, config: Path, date: str | None, site_url: str | None, **given: Any
) -> int:
    """Make labels. Returns the exit status."""
    settings, found = open_settings(lang, config, date, site_url)
    wanted = _wanted(lang, settings.root, **given)
    context, problems = open_press(settings, found, cache := open_cache(settings.root))
    if context is None:
        tell(problems, lang, settings.root)
        return 1
    fonts = find_fonts(settings.root)
    with ProgressLine(lang) as progress:
        made, findings = _made(lang, context, wanted, fonts, cache, progress)
    if wanted.register:
        findings = [*findings, *unregistrable(context)]
    if refused(lang, settings.root, findings):
        return 1
    rows = _rows(context, wanted, made) if wanted.register else []
    register = with_runs(lang, settings.root, problems, rows) if rows else b""
    deliver(lang, wanted.out, _files(made, wanted, context, fonts))
    for each in made:
        _tell(lang, each, wanted)
    if rows:
        put_runs(lang, settings.root, register)
    click.echo(say("paper-actual", lang))
    click.echo(say("labels-registered" if rows else "labels-proof", lang, count=len(rows)))
    return 0


# --- what is wanted ------------------------------------------------------------------------------


def _wanted(lang: str, root: Path, **given: Any) -> LabelArguments:
    stock = STOCKS[given["stock"]]
    if given["roll"]:
        if given["lots"] or given["all"]:
            raise click.UsageError(say("labels-roll-lots", lang))
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given["roll"]):
            raise click.UsageError(say("labels-bad-roll", lang, value=given["roll"]))
        if not given["copies"]:
            raise click.UsageError(say("labels-roll-copies", lang))
    elif not given["lots"] and not given["all"]:
        raise click.UsageError(say("labels-which", lang))
    return LabelArguments(
        lots=given["lots"],
        every=given["all"],
        roll=given["roll"],
        template=given["template"],
        size=given["size"],
        stock=stock,
        resolution=int(given["dpi"] or (_THERMAL if stock.black else _DRY)),
        copies=given["copies"],
        level=given["level"],
        black=given["black"],
        together=given["together"],
        pack=given["pack"],
        # What is printed against a lot's state is kept, whatever else was asked for.
        register=given["register"] or bool(given["anyway"]),
        anyway=reason_given(lang, given["anyway"]),
        out=paper_place(root, given["out"], "labels"),
    )


def _order(lang: str, wanted: LabelArguments, template: Template) -> LabelOrder:
    width, height = _size(lang, wanted, template)
    order = LabelOrder(
        template,
        wanted.stock,
        width,
        height,
        resolution=wanted.resolution,
        level=wanted.level,
        black_only=wanted.black,
        slug="" if wanted.register else say("slug-proof", "zh"),
    )
    if wanted.stock.sheet and grid(wanted.stock, width, height) is None:
        raise click.UsageError(say("labels-too-large", lang, size=order.size))
    return order


def _size(lang: str, wanted: LabelArguments, template: Template) -> tuple[float, float]:
    fixed = wanted.stock.label
    if wanted.size is None:
        return fixed or (template.width, template.height)
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)", wanted.size.strip().lower())
    if found is None:
        raise click.UsageError(say("labels-bad-size", lang, value=wanted.size))
    size = float(found[1]), float(found[2])
    if fixed and size != fixed:
        named = f"{fixed[0]:g}x{fixed[1]:g}"
        raise click.UsageError(say("labels-stock-size", lang, stock=wanted.stock.key, size=named))
    low, high = min(size), max(size)
    if low < min(SMALLEST) or high < max(SMALLEST) or low > min(LARGEST) or high > max(LARGEST):
        raise click.UsageError(say("labels-size-range", lang))
    return size


def _template(wanted: LabelArguments, product: Product) -> Template:
    """The template that was named, else the one for the kind of product."""
    if wanted.template:
        return TEMPLATES[wanted.template]
    kind = product.kind
    usual = {ProductKind.PROCESSED: "jar", ProductKind.PRODUCE: "fresh"}
    return TEMPLATES[usual.get(kind, "tag")]


def _goods(lang: str, context: RenderContext, wanted: LabelArguments) -> list[Batch | Product]:
    """The lots and the goods without lots that were named, or all that may be sold."""
    library = context.library
    if wanted.every:
        good, left = sellable(library, context.settings.today)
        if left:
            named = "、".join(each.key for each in left)
            click.echo(say("labels-skipped", lang, lots=named), err=True)
        every: list[Batch | Product] = [*good, *without_lots(library)]
        if not every:
            raise click.UsageError(say("labels-none", lang))
        return every
    return named_goods(lang, library, wanted.lots)


# --- making --------------------------------------------------------------------------------------


def _made(
    lang: str,
    context: RenderContext,
    wanted: LabelArguments,
    fonts: Fonts,
    cache: Any,
    progress: ProgressLine,
) -> tuple[list[LabelFile], list[Problem]]:
    """Typeset and verify every file. Returns the files and the problems.

    Nothing is typeset if any label has an error.
    """
    groups, told = _groups(lang, context, wanted, fonts)
    made: list[LabelFile] = []
    if fatal(told, strict=False):
        return made, told
    for at, (name, order, labels) in enumerate(groups):
        progress("labels", at, len(groups))
        sheets, misfits = set_labels(context, labels, order, fonts, cache)
        if wanted.roll:
            misfits = misfits_of_roll(context, wanted.roll, misfits)
        alone = progress if len(groups) == 1 else None
        file, problems = finish(sheets, misfits, order.resolution, _place(context, labels), alone)
        told += problems
        made += [LabelFile(name, order, sheets, file)] if file else []
    progress("labels", len(groups), len(groups))
    return made, told


Group = tuple[str, LabelOrder, list[Label]]


def _counted(goods: Batch | Product, brand: Brand) -> int | Problem | None:
    """As many labels as a lot has pieces; None for goods without lots, of which nobody said how many there are."""
    return copies_of(goods, brand) if isinstance(goods, Batch) else None


def _groups(
    lang: str, context: RenderContext, wanted: LabelArguments, fonts: Fonts
) -> tuple[list[Group], list[Problem]]:
    """Return the labels of each file: one file for each batch, or one for each template with `together`."""
    if wanted.roll:
        return _roll(lang, context, wanted, wanted.roll, fonts)
    groups: dict[str, Group] = {}
    told: list[Problem] = []
    for each in _goods(lang, context, wanted):
        product = each if isinstance(each, Product) else context.library.products[each.product]
        template = _template(wanted, product)
        order = _order(lang, wanted, template)
        counted = wanted.copies or _counted(each, context.library.brand) or order.per_page
        if isinstance(counted, Problem):
            told.append(counted)
            continue
        if isinstance(each, Batch):
            label, problems = prepare(context, each, order, fonts, counted, wanted.anyway)
        else:
            label, problems = prepare_goods(context, each, order, fonts, counted)
        told += problems
        name = f"labels_{template.key}" if wanted.together else f"{_file(each)}_{template.key}"
        if label is not None:
            groups.setdefault(name, (name, order, []))[2].append(label)
    return list(groups.values()), told


def _file(good: Batch | Product) -> str:
    return good.id if isinstance(good, Product) else f"{good.product}_{good.lot}"


def _roll(
    lang: str, context: RenderContext, wanted: LabelArguments, name: str, fonts: Fonts
) -> tuple[list[Group], list[Problem]]:
    if name in context.library.products:
        raise click.UsageError(say("labels-roll-product", lang, value=name))
    if any(code.address.startswith(f"c/{name}-") for code in context.library.codes):
        raise click.UsageError(say("labels-roll-there", lang, value=name))
    order = _order(lang, wanted, TEMPLATES[wanted.template or "code"])
    labels, told = prepare_roll(context, name, wanted.copies or 1, order, fonts)
    return [(f"roll_{name}", order, labels)], told


def _place(context: RenderContext, labels: Sequence[Label]) -> Location:
    """Where what is wrong with a file is told: at its first lot, or the product of goods without lots."""
    key = labels[0].text.key
    batch, product = context.library.batches.get(key), context.library.products.get(key)
    if batch:
        return batch.origin.of("lot")
    return product.origin.of("name") if product else Location(REGISTER)


# --- delivering ----------------------------------------------------------------------------------


def _rows(
    context: RenderContext, wanted: LabelArguments, made: Sequence[LabelFile]
) -> list[PrintedCode]:
    """Return the rows for the register, in the order of the labels."""
    today = context.settings.today
    if wanted.roll:
        return [
            row for e in made for row in roll_rows(e.sheets.labels, wanted.roll, e.order, today)
        ]
    rows: list[PrintedCode] = []
    for each in made:
        rows += batch_rows(context, each.sheets.labels, each.order, wanted.anyway)
    return rows


def _files(
    made: Sequence[LabelFile], wanted: LabelArguments, context: RenderContext, fonts: Fonts
) -> dict[str, bytes]:
    """Return all files to write, by name."""
    files = {}
    for each in made:
        files[f"{each.name}.pdf"] = each.file.pdf
        for name, label in _packs(each, wanted):
            files[name] = design_pack(context, label, fonts, each.file.pdf)
    return files


def _packs(made: LabelFile, wanted: LabelArguments) -> Iterator[tuple[str, Label]]:
    """Yield the design packs beside a file, by name."""
    for label in made.sheets.labels if wanted.pack and not wanted.roll else ():
        yield f"{label.text.key.replace('/', '_')}_{made.order.template.key}_pack.zip", label


def _tell(lang: str, made: LabelFile, wanted: LabelArguments) -> None:
    for line in _lines(lang, made, wanted.out.shown / f"{made.name}.pdf"):
        click.echo(line)
    for name, _ in _packs(made, wanted):
        click.echo(f"  {wanted.out.shown / name}")


def _lines(lang: str, made: LabelFile, file: Path) -> Iterator[str]:
    """Yield what was made, and what the print check measured."""
    order, label = made.order, made.sheets.labels[0]
    name = order.template.zh if lang == "zh" else order.template.en
    pages = -(-made.sheets.count // order.per_page)
    yield say(
        "labels-file",
        lang,
        name=file,
        template=name,
        size=order.size,
        count=made.sheets.count,
        pages=pages,
    )
    code = min((each.code for each in made.sheets.labels), key=lambda each: each.module)
    yield say(
        "labels-code",
        lang,
        address=label.address,
        length=len(label.address),
        version=code.symbol.version,
        level=code.symbol.level.upper(),
    )
    yield say(
        "labels-module",
        lang,
        module=f"{code.module:.3f}",
        dots=code.dots,
        dpi=code.resolution,
        side=f"{code.side:.1f}",
    )
    if order.template.full:
        yield say("labels-type", lang, least=LEAST_HEIGHT)
        nets = [each.text.net_height for each in made.sheets.labels if each.text.net]
        if nets:
            yield say("labels-net", lang, net=max(nets))
    elif any(each.text.food for each in made.sheets.labels):
        yield say("labels-not-full", lang, template=name)
    verdict = made.file.verdict
    yield say(
        "labels-read",
        lang,
        read=len(verdict.seen),
        wanted=verdict.wanted,
        module=f"{verdict.module:.2f}",
        contrast=f"{verdict.contrast:.0%}",
    )
