"""Shared parts of the commands that make something to print: their parameters, and how they write files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cli.options import argument, option, village_options
from xiangji.cli.place_type import PlaceType
from xiangji.cli.village import unwritten
from xiangji.cli.words import say

if TYPE_CHECKING:
    from xiangji.output.paper_folder import PaperFolder
    from xiangji.paper.delivery import Finished

FOLDER = "print"
"""The folder for printable files, relative to the village."""

Command = tuple[str, Callable[..., None], Callable[[str], Sequence[click.Parameter]]]
"""The name of a command, its function, and the function that makes its parameters in a language."""


def _maker(module: str, name: str) -> Callable[..., None]:
    """Return a command that imports its module when it is called, because most commands print nothing."""

    def call(lang: str, **given: Any) -> None:
        with printing(lang):
            sys.exit(getattr(import_module(f"xiangji.cli.printing.{module}"), name)(lang, **given))

    return call


def out_option(lang: str) -> click.Option:
    """Where paper goes: `print/` in the village's folder."""
    kind, text = PlaceType(lang), say("paper-out", lang)
    return click.Option(["--out", "-o"], type=kind, help=text, metavar="PATH")


def black_option(lang: str) -> click.Option:
    """`--black`: print with black ink only."""
    return option("--black", "paper-black", lang, is_flag=True)


def anyway_option(lang: str) -> click.Option:
    """Why something is printed of a lot that is not sold."""
    return option("--anyway", "anyway", lang, metavar="REASON")


@contextmanager
def printing(lang: str) -> Iterator[None]:
    """Exit with one sentence if the extra `print` is not installed."""
    from xiangji.paper.fonts import NoPrinting

    try:
        yield
    except NoPrinting:
        click.echo(say("no-printing", lang), err=True)
        sys.exit(1)


def paper_place(root: Path, out: Path | None, folder: str) -> PaperFolder:
    """Return the folder to write into: the one that was named, or our own in the village, where no link is followed."""
    from xiangji.output.paper_folder import PaperFolder

    return PaperFolder(out.resolve()) if out else PaperFolder(root.resolve(), f"{FOLDER}/{folder}")


def deliver(lang: str, place: PaperFolder, files: Mapping[str, bytes]) -> None:
    """Write the files, each as a whole. Reports the reason and exits with status 1 if that is not possible."""
    from xiangji.output.paper_folder import place_files

    with _told(lang, place):
        place_files(place, files)


def deliverable(lang: str, place: PaperFolder, files: Mapping[str, bytes]) -> None:
    """Exit as `deliver` would if the files may not be written; writes nothing."""
    from xiangji.output.paper_folder import may_place

    with _told(lang, place):
        may_place(place, files)


@contextmanager
def _told(lang: str, place: PaperFolder) -> Iterator[None]:
    from xiangji.output.paper_folder import ForeignPaper

    try:
        yield
    except ForeignPaper as found:
        names = "\n".join(f"  {each}" for each in found.names)
        told = {"out": place.shown, "count": len(found.names), "names": names}
        click.echo(say("written-theirs", lang, **told), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(unwritten(lang, place.shown, error), err=True)
        sys.exit(1)


def say_read(lang: str, file: Path, made: Finished, aside: bool = False) -> None:
    """Report what the print check read in a file; with `aside` on standard error."""
    seen = made.verdict
    told = {"pages": seen.pages, "read": len(seen.seen), "module": f"{seen.module:.2f}"}
    click.echo(say("sheets-file", lang, name=file, **told), err=aside)


def labels_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji labels`."""
    from xiangji.paper.formats import BEST, RESOLUTIONS, STOCKS, TEMPLATES

    dots = click.Choice([str(each) for each in RESOLUTIONS])
    levels = click.Choice([BEST, "m", "q", "h"])
    kinds = click.Choice(list(TEMPLATES))
    return [
        argument("lots", lang, nargs=-1),
        option("--all", "labels-all", lang, is_flag=True),
        option("--roll", "labels-roll", lang, metavar="ID"),
        click.Option(["--template", "-t"], type=kinds, help=say("labels-template", lang)),
        option("--size", "labels-size", lang, metavar="WxH"),
        click.Option(
            ["--stock"],
            type=click.Choice(list(STOCKS)),
            default="a4",
            help=say("labels-stock", lang),
        ),
        click.Option(["--dpi"], type=dots, help=say("labels-dpi", lang)),
        click.Option(
            ["--copies", "-n"], type=click.IntRange(1, 100_000), help=say("labels-copies", lang)
        ),
        click.Option(["--level"], type=levels, default=BEST, help=say("labels-level", lang)),
        black_option(lang),
        option("--together", "labels-together", lang, is_flag=True),
        option("--pack", "labels-pack", lang, is_flag=True),
        option("--register", "labels-register", lang, is_flag=True),
        anyway_option(lang),
        out_option(lang),
        *village_options(lang),
    ]


def posters_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji posters`."""
    shapes = click.Choice(["tall", "long", "square"])
    layouts = click.Choice(["大图", "题字", "信笺", "picture", "title", "letter"])
    return [
        argument("names", lang, nargs=-1),
        option("--all", "posters-all", lang, is_flag=True),
        option("--shape", "posters-shape", lang, type=shapes),
        option("--layout", "posters-layout", lang, type=layouts, metavar="LAYOUT"),
        anyway_option(lang),
        out_option(lang),
        *village_options(lang),
    ]


def sheets_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji sheets`."""
    return [
        argument("lots", lang, nargs=-1),
        option("--booklet", "sheets-booklet", lang, is_flag=True),
        option("--all", "sheets-all", lang, is_flag=True),
        black_option(lang),
        out_option(lang),
        *village_options(lang),
    ]


def cards_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji cards`."""
    kinds = click.Choice(["stall", "shelf", "feedback"])
    stocks = click.Choice(["a4", "shop"])
    copies = click.IntRange(1, 10_000)
    return [
        argument("lots", lang, nargs=-1),
        click.Option(["--kind", "-k"], type=kinds, default="stall", help=say("cards-kind", lang)),
        click.Option(["--copies", "-n"], type=copies, help=say("cards-copies", lang)),
        click.Option(["--stock"], type=stocks, default="a4", help=say("cards-stock", lang)),
        anyway_option(lang),
        black_option(lang),
        out_option(lang),
        *village_options(lang),
    ]


def impact_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji impact`."""
    return [black_option(lang), out_option(lang), *village_options(lang)]


def copy_params(lang: str) -> list[Any]:
    """Return the parameters of `xiangji copy`."""
    forms = click.Choice(["text", "json"])
    return [
        argument("story", lang),
        click.Option(["--for", "platforms"], multiple=True, help=say("copy-for", lang)),
        click.Option(["--format", "form"], type=forms, default="text", help=say("format", lang)),
        *village_options(lang),
    ]


PAPER_COMMANDS: tuple[Command, ...] = (
    ("labels", _maker("labels", "make_labels"), labels_params),
    ("sheets", _maker("sheets", "make_sheets"), sheets_params),
    ("cards", _maker("sheets", "make_cards"), cards_params),
    ("posters", _maker("posters", "make_posters"), posters_params),
    ("impact", _maker("impact", "make_impact"), impact_params),
    ("copy", _maker("posts", "show_posts"), copy_params),
)
