"""The commands of the groups `xiangji consent` and `xiangji report`, with their parameters."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xiangji.cli.options import argument, command, group, option, village_options
from xiangji.cli.place_type import PlaceType
from xiangji.cli.village import open_library
from xiangji.cli.words import say


def report_groups(lang: str) -> tuple[click.Group, ...]:
    """Return the groups of commands that report and change nothing."""
    consent = command("report", _consent, _consent_params(lang), lang, word="consent-report")
    reports = (
        command("exposure", _exposure, _exposure_params(lang), lang, word="report-exposure"),
        command("fairness", _fairness, _table_params(lang), lang, word="report-fairness"),
        command("handover", _handover, _table_params(lang), lang, word="report-handover"),
    )
    hours = command("hours", _hours, _hours_params(lang), lang, word="consent-hours")
    verify = command("verify", _verify, _verify_params(lang), lang, word="consent-verify")
    return group("consent", [consent, hours, verify], lang), group("report", reports, lang)


def _consent_params(lang: str) -> list[click.Parameter]:
    kinds = click.Choice(["text", "csv"])
    form = click.Option(
        ["--format", "form"], type=kinds, default="text", help=say("consent-form", lang)
    )
    return [form, *village_options(lang)[:2]]


def _hours_params(lang: str) -> list[click.Parameter]:
    file, kinds = PlaceType(lang), click.Choice(["json", "csv"])
    return [
        argument("person", lang),
        argument("file", lang, type=file),
        click.Option(["--format", "form"], type=kinds, default="json", help=say("format", lang)),
        option("--key", "hours-key", lang, type=file, metavar="FILE"),
        option("--new-key", "hours-new-key", lang, is_flag=True),
        *village_options(lang)[:2],
    ]


def _verify_params(lang: str) -> list[click.Parameter]:
    return [argument("file", lang, type=PlaceType(lang)), argument("signer", lang)]


def _table_params(lang: str) -> list[click.Parameter]:
    kinds = click.Choice(["text", "csv", "json"])
    return [
        click.Option(["--format", "form"], type=kinds, default="text", help=say("format", lang)),
        *village_options(lang)[:2],
    ]


def _exposure_params(lang: str) -> list[click.Parameter]:
    kinds = click.Choice(["text", "csv", "json"])
    weeks = click.IntRange(1, 520)
    return [
        click.Option(["--weeks"], type=weeks, default=52, help=say("exposure-weeks-option", lang)),
        click.Option(["--format", "form"], type=kinds, default="text", help=say("format", lang)),
        *village_options(lang)[:2],
    ]


def _consent(lang: str, form: str, config: Path, date: str | None) -> None:
    from xiangji.appearances.found import appearing, restored
    from xiangji.cli.reports.consent import as_csv, as_text
    from xiangji.consent import consent_report

    settings, library = open_library(lang, config, date, None)
    found = appearing(library, settings)
    before = restored(library, settings.today)
    others = found if before is library else appearing(before, settings)
    entries = consent_report(library, settings.today, found, others)
    if form == "csv":
        click.echo(as_csv(entries, lang), nl=False)
        return
    register = (settings.root / "products" / "codes.csv").is_file()
    click.echo(as_text(entries, lang, register))


def _hours(
    lang: str,
    person: str,
    file: Path,
    form: str,
    key: Path | None,
    new_key: bool,
    config: Path,
    date: str | None,
) -> None:
    from xiangji.cli.reports.hours import export_hours

    if key is None:
        raise click.UsageError(say("hours-which-key", lang))
    settings, library = open_library(lang, config, date, None)
    sys.exit(export_hours(lang, settings, library, person, form, file, key, new_key))


def _verify(lang: str, file: Path, signer: str) -> None:
    from xiangji.cli.reports.hours import check_file

    sys.exit(check_file(lang, file, signer))


def _exposure(lang: str, weeks: int, form: str, config: Path, date: str | None) -> None:
    from xiangji.catalogue.exposure import exposure
    from xiangji.cli.reports.exposure import as_csv, as_json, as_text
    from xiangji.disclosure import disclose

    settings, library = open_library(lang, config, date, None)
    rows = exposure(disclose(library, settings.today), settings.today, weeks)
    if form == "csv":
        click.echo(as_csv(rows, lang), nl=False)
    else:
        click.echo(as_json(rows) if form == "json" else as_text(rows, lang, f"{settings.today}"))


def _fairness(lang: str, form: str, config: Path, date: str | None) -> None:
    from xiangji.appearances.fairness import fairness
    from xiangji.cli.reports.fairness import as_csv, as_json, as_text

    settings, library = open_library(lang, config, date, None)
    rows = fairness(library, settings)
    _say(rows, lang, form, as_text, as_csv, as_json)


def _handover(lang: str, form: str, config: Path, date: str | None) -> None:
    from xiangji.cli.reports.handover import as_csv, as_json, as_text
    from xiangji.handover.report import handover

    settings, library = open_library(lang, config, date, None)
    _say(handover(library, settings), lang, form, as_text, as_csv, as_json)


def _say(
    found: Any,
    lang: str,
    form: str,
    as_text: Callable[[Any, str], str],
    as_csv: Callable[[Any, str], str],
    as_json: Callable[[Any], str],
) -> None:
    """Print a report in the form that was asked for. A CSV table ends its own lines."""
    if form == "csv":
        click.echo(as_csv(found, lang), nl=False)
    else:
        click.echo(as_json(found) if form == "json" else as_text(found, lang))
