"""`xiangji table`: writes an empty table of a kind to fill in, with headings, explanations, an example and lists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from xiangji.cli.content.import_kind import kind_to_import
from xiangji.cli.content.import_prices import PRICES
from xiangji.cli.options import PRICE_LISTS
from xiangji.cli.village import unwritten
from xiangji.cli.words import say
from xiangji.editing.template import template_csv, template_workbook
from xiangji.editing.template_columns import names_by_id
from xiangji.kinds.installed import installed_kinds
from xiangji.library.references import assemble
from xiangji.model.fields import record_name
from xiangji.output.single_file import look_at, put_in_place
from xiangji.readers.village import gather
from xiangji.settings import Settings


def write_template(lang: str, settings: Settings, name: str, out: Path | None, as_csv: bool) -> int:
    """Write the template of the kind called `name`. An existing file is not overwritten. Returns the exit status."""
    kind = PRICES if name in PRICE_LISTS else kind_to_import(lang, name)
    there = _names(settings)
    plain = as_csv or (out is not None and out.suffix.lower() == ".csv")
    stem = say("table-file", "zh", name=record_name(kind.record)[0])
    file = out or Path(f"{stem}.{'csv' if plain else 'xlsx'}")
    if look_at(file) is not None:
        click.echo(say("table-there", lang, path=file), err=True)
        return 1
    make = template_csv if plain else template_workbook
    try:
        put_in_place(file, make(kind, there))
    except OSError as error:
        click.echo(unwritten(lang, file, error), err=True)
        return 1
    click.echo(say("table-done", lang, path=file, kind=kind.name))
    return 0


def _names(settings: Settings) -> Mapping[str, Mapping[str, str]]:
    """Return the titles of the village's records by id, by the name of the kind."""
    library, _ = assemble(gather(settings.root, settings.docs_dir))
    if library is None:
        return {}
    kinds = (kind for kind in installed_kinds().kinds if not kind.numerous)
    return {kind.name: names_by_id(library.shelf(kind.name).values(), kind.title) for kind in kinds}
