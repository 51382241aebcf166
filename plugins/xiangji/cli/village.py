"""The steps that every command shares: it opens the village and reports problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from xiangji.cli.options import FORMATS
from xiangji.cli.words import message_key, say
from xiangji.problems import Problem, as_text, fatal, in_order, summary

if TYPE_CHECKING:
    from xiangji.library import Library
    from xiangji.records.batch import Batch
    from xiangji.records.product import Product


def open_settings(
    lang: str, config: Path, date: str | None, site_url: str | None, since: str = ""
) -> Any:
    """Return the settings and the problems of reading them. Raises click.UsageError on a wrong path or date."""
    from xiangji.cache import keep_patterns
    from xiangji.clock import today
    from xiangji.readers.config import read_settings

    keep_patterns()
    if not config.is_file():
        raise click.UsageError(say("no-config", lang, path=config))
    try:
        day = today(date)
    except ValueError:
        given = date or os.environ.get("XIANGJI_DATE") or os.environ.get("SOURCE_DATE_EPOCH")
        raise click.UsageError(say("bad-date", lang, value=given)) from None
    settings, found = read_settings(config.resolve(), day, site_url)
    return replace(settings, since=since), found


def open_cache(root: Path) -> Any:
    """Return the village's cache."""
    from xiangji.cache import Cache
    from xiangji.incremental.snapshot import CACHE

    return Cache(root / CACHE)


def open_library(lang: str, config: Path, date: str | None, site_url: str | None) -> Any:
    """Return the settings and the whole library. Exits with status 1 if problems leave no library."""
    from xiangji.library.references import assemble
    from xiangji.readers.village import gather

    settings, _ = open_settings(lang, config, date, site_url)
    gathered = gather(settings.root, settings.docs_dir, settings.site_name, settings.site_url)
    library, unresolved = assemble(gathered)
    problems = in_order((*gathered.problems, *unresolved))
    if library is None or fatal(problems, strict=False):
        tell(problems, lang, settings.root)
        sys.exit(1)
    return settings, library


def tell(problems: tuple[Problem, ...], lang: str, root: Path, form: str = "text") -> None:
    """Report problems of the village in `root`, in the form `form`, one of `FORMATS`."""
    say_all(*in_words(problems, lang, root, form))


def problems_text(
    problems: Iterable[Problem], lang: str, root: Path, called: str = "", table: Path | None = None
) -> str:
    """Return the report of these problems, for a person at a terminal with the faulty lines.

    A log has no lines: who may read the log need not be who may read the village. `table` may lie outside the village:
    then messages name it as the command line does.
    """
    if not sys.stderr.isatty() or os.environ.get("CI"):
        return as_text(problems, lang, called)
    from xiangji.cli.text_table import marked
    from xiangji.preview.source_line import source_line

    def quoted(found: Problem) -> str:
        outside = table is not None and found.location.path == table.as_posix()
        line = source_line(found, Path() if outside else root)
        return marked(line.number, line.before, line.behind) if line else ""

    return as_text(problems, lang, called, quoted)


def in_words(
    problems: tuple[Problem, ...], lang: str, root: Path, form: str = "text"
) -> tuple[str, str]:
    """Return the report of these problems: the text for standard output and the text for standard error."""
    if form != "text":
        return f"{FORMATS[form](problems, lang)}\n", ""
    counts = summary(problems, lang)
    last = f"{say('found' if problems else 'fine', lang, summary=counts)}\n"
    return ("", f"{problems_text(problems, lang, root)}\n{last}") if problems else (last, "")


def say_all(output: str, error: str) -> None:
    """Print both texts, unless they are empty."""
    for text, aside in ((output, False), (error, True)):
        if text:
            click.echo(text, nl=False, err=aside)


def unwritten(lang: str, out: object, error: OSError) -> str:
    """Return the message that says why a file or folder was not written."""
    word = getattr(error, "word", "")
    if word:
        return say(message_key(word), lang, place=getattr(error, "place", out))
    return say("no-write", lang, out=out, why=error.strerror or error)


def refused(lang: str, root: Path, findings: Iterable[Problem]) -> bool:
    """Report the problems of printed material. Returns whether they keep it from being written, and reports that too."""
    told = in_order(findings)
    if told:
        tell(told, lang, root)
    if not fatal(told, strict=False):
        return False
    click.echo(say("paper-stopped", lang), err=True)
    return True


def named_lot(lang: str, library: Library, lot: str) -> Batch:
    """Return the batch that the user named. Raises click.UsageError if there is none, or if several fit."""
    from xiangji.library.recall import NoLot, find_lot

    found = find_lot(library, lot)
    if not isinstance(found, NoLot):
        return found
    near = found.near[0 if lang == "zh" else 1]
    if found.several:
        raise click.UsageError(
            say("recall-which", lang, value=lot, several="、".join(found.several))
        )
    raise click.UsageError(say("recall-no-lot", lang, value=lot, near=near))


def named_goods(lang: str, library: Library, names: Iterable[str]) -> list[Batch | Product]:
    """The lots that were named, and the products that have none, each once."""
    found: dict[str, Batch | Product] = {}
    for name in names:
        product = library.products.get(name)
        if product is not None and not library.count_of(name):
            found[name] = product
        else:
            batch = named_lot(lang, library, name)
            found[batch.key] = batch
    return list(found.values())


def named_lots(lang: str, library: Library, lots: Iterable[str]) -> list[Batch]:
    """Return the batches that the user named, each once."""
    found = (named_lot(lang, library, lot) for lot in lots)
    return list({each.key: each for each in found}.values())
