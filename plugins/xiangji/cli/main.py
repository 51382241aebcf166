"""Defines the command group `xiangji`. Exit status: 0 success, 1 problems in the content, 2 wrong use (`design.md` §9)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cli.options import (
    PRICE_LISTS,
    argument,
    command,
    config_option,
    fix_params,
    format_option,
    host_option,
    import_params,
    lang_option,
    option,
    pledge_params,
    publish_params,
    recall_params,
    report_options,
    since_option,
    strict_option,
    table_params,
    target_options,
    village_options,
)
from xiangji.cli.place_type import PlaceType
from xiangji.cli.printing.paper import PAPER_COMMANDS, Command
from xiangji.cli.reports.commands import report_groups
from xiangji.cli.usage import in_utf8, run, speak
from xiangji.cli.village import open_library, open_settings, unwritten
from xiangji.cli.words import language, say

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey
    from xiangji.readers.git.label_changes import UndatedChange


def main(arguments: list[str] | None = None) -> None:
    """Run the command line, with `sys.argv` if `arguments` is None."""
    in_utf8()
    lang = language(arguments)
    speak(lang)
    given = sys.argv[1:] if arguments is None else arguments
    run(commands(lang, given[0] if given else ""), arguments)


def commands(lang: str, wanted: str = "") -> click.Group:
    """Return the command group with its help texts in the language `lang`.

    It has the command `wanted` alone if there is one, since making all of them took as long as reading the settings.
    """
    group = click.Group(
        "xiangji",
        help=say("about", lang),
        options_metavar=say("usage-options", lang),
        subcommand_metavar=say("usage-command", lang),
        context_settings={"help_option_names": ["--help", "-h"]},
        params=[lang_option(lang)],
    )
    click.version_option(package_name="xiangji", help=say("version", lang))(group)
    alone = [each for each in (*_COMMANDS, *PAPER_COMMANDS) if each[0] == wanted]
    for name, function, params in alone or (*_COMMANDS, *PAPER_COMMANDS):
        group.add_command(command(name, function, [*params(lang)], lang))
    inner: list[click.Command] = []
    for several in () if alone else report_groups(lang):
        group.add_command(several)
        inner += several.commands.values()
    for each in (group, *group.commands.values(), *inner):
        each.get_help_option = _help_option(each, lang)  # type: ignore[method-assign,assignment]
    return group


def _new_params(lang: str) -> list[click.Parameter]:
    return [argument("folder", lang, type=PlaceType(lang))]


def _check_params(lang: str) -> list[click.Parameter]:
    return [
        *village_options(lang),
        since_option(lang),
        strict_option(lang),
        click.Option(["--next", "of_next"], help=say("of-next", lang), is_flag=True),
        click.Option(["--links", "links"], help=say("of-links", lang), is_flag=True),
        format_option(lang),
    ]


def _build_params(lang: str) -> list[click.Parameter]:
    return [
        *village_options(lang),
        since_option(lang),
        strict_option(lang),
        *target_options(lang),
        *report_options(lang),
    ]


def _serve_params(lang: str) -> list[click.Parameter]:
    return [
        config_option(lang),
        option("--address", "address", lang, metavar="HOST:PORT"),
        option("--phone", "phone", lang, is_flag=True),
        host_option(lang),
    ]


def _fix_params(lang: str) -> list[click.Parameter]:
    return [*fix_params(lang), *village_options(lang)]


def _kinds_params(lang: str) -> list[click.Parameter]:
    return [argument("name", lang, required=False)]


def _help_option(command: click.Command, lang: str) -> Callable[[click.Context], Any]:
    original = command.get_help_option

    def option(context: click.Context) -> Any:
        found = original(context)
        if found is not None:
            found.help = say("help", lang)
        return found

    return option


def _new(lang: str, folder: Path) -> None:
    from xiangji.cli.content.starter import write_starter

    try:
        write_starter(folder)
    except FileExistsError:
        raise click.UsageError(say("not-new", lang, out=folder)) from None
    except OSError as error:
        click.echo(unwritten(lang, folder, error), err=True)
        sys.exit(1)
    click.echo(say("made", lang, out=folder))
    click.echo(say("next", lang, out=folder))


def _check(
    lang: str,
    config: Path,
    date: str | None,
    site_url: str | None,
    strict: bool,
    form: str,
    since: str = "",
    of_next: bool = False,
    links: bool = False,
) -> None:
    sys.exit(_checked(lang, config, date, site_url, strict, form, since, of_next, links))


def _checked(
    lang: str,
    config: Path,
    date: str | None,
    site_url: str | None,
    strict: bool = False,
    form: str = "text",
    since: str = "",
    of_next: bool = False,
    links: bool = False,
) -> int:
    from xiangji.cli.check import run_check

    settings, found = open_settings(lang, config, date, site_url, since)
    return run_check(lang, settings, found, form, strict, of_next, links)


def _fix(
    lang: str,
    config: Path,
    date: str | None,
    site_url: str | None,
    diff: bool,
    write: bool,
    undo: bool,
) -> None:
    from xiangji.cli.content.fix import (
        dated_files,
        mended_files,
        show_changes,
        show_diff,
        show_left,
        write_files,
    )
    from xiangji.cli.content.undo import take_back

    if undo and (diff or write):
        raise click.UsageError(say("undo-alone", lang))
    settings, _ = open_settings(lang, config, date, site_url)
    if undo:
        sys.exit(take_back(lang, settings, "fix"))
    # A file with slips is mended first: only what can be read is held against what was saved.
    left: list[UndatedChange] = []
    slips = list(mended_files(settings.root, settings.docs_dir))
    found = slips or list(dated_files(settings, left))
    show_diff(found) if diff else show_changes(found, lang)
    counts = {"files": len(found), "count": sum(len(each.changes) for each in found)}
    done: MessageKey = "fix-none" if not found else "fix-written" if write else "fix-shown"
    if write and found:
        write_files(lang, settings, found)
    show_left(left, lang)
    click.echo(say(done, lang, **counts), err=diff)
    if write:
        sys.exit(_checked(lang, config, date, site_url))


def _recall(
    lang: str,
    lot: str,
    drill: bool,
    form: str,
    config: Path,
    date: str | None,
    site_url: str | None,
) -> None:
    from xiangji.cli.reports.drill import drill_of, keep_drill, marked
    from xiangji.cli.reports.recall import as_json, as_text
    from xiangji.cli.village import named_lot
    from xiangji.library.recall import recall

    settings, library = open_library(lang, config, date, site_url)
    found = recall(library, named_lot(lang, library, lot))
    url = settings.site_url
    told = marked(found) if drill else found
    click.echo(as_json(told, url, drill) if form == "json" else as_text(told, lang, url, drill))
    if drill:
        keep_drill(lang, settings.root, drill_of(found, settings.today))


def _pledge(
    lang: str,
    lot: str,
    quantity: str | None,
    copies: int,
    issue: bool,
    pdf: str | None,
    form: str,
    config: Path,
    date: str | None,
    site_url: str | None,
) -> None:
    from xiangji.cli.printing.conformity import show_pledge
    from xiangji.cli.printing.conformity_paper import pledge_paper
    from xiangji.cli.village import named_lot

    settings, library = open_library(lang, config, date, site_url)
    batch = named_lot(lang, library, lot)
    # The PDF is verified before the certificate is recorded, and written after: no row without its
    # paper.
    paper = pledge_paper(lang, settings, batch.key, quantity, copies, issue, pdf) if pdf else None
    if paper:
        paper.check()
    status = show_pledge(lang, settings, library, batch, quantity, copies, form, issue)
    if paper and status == 0:
        paper.deliver(aside=form != "text")
    sys.exit(status)


def _table(
    lang: str, name: str, out: Path | None, as_csv: bool, config: Path, date: str | None
) -> None:
    from xiangji.cli.content.template import write_template

    settings, _ = open_settings(lang, config, date, None)
    sys.exit(write_template(lang, settings, name, out, as_csv))


def _kinds(lang: str, name: str | None) -> None:
    from xiangji.cli.reports.kinds import all_kinds, kind_called, one_kind
    from xiangji.kinds.installed import installed_kinds
    from xiangji.model.nearest import suggestion

    if name is None:
        click.echo(all_kinds(lang))
        return
    kind = kind_called(name)
    if kind is None:
        names = [each.name for each in installed_kinds().kinds]
        near = suggestion(name, names)[lang != "zh"]
        raise click.UsageError(say("kinds-unknown", lang, value=name, near=near))
    click.echo(one_kind(kind, lang))


def _build(lang: str, zipped: bool, **given: Any) -> None:
    from xiangji.cli.build import run_build

    if zipped:
        from xiangji.cli.offline.zip_beside import build_offline

        sys.exit(build_offline(lang, **given))
    if isinstance(given["out"], str) and not given["stage"]:
        from xiangji.cli.publish import build_away

        sys.exit(build_away(lang, **given))
    sys.exit(run_build(lang, **given))


def _publish(lang: str, **given: Any) -> None:
    from xiangji.cli.publish import run_publish

    sys.exit(run_publish(lang, **given))


def _import(
    lang: str,
    table: Path | None,
    product: str | None,
    kind: str | None,
    private: tuple[str, ...],
    write: bool,
    undo: bool,
    config: Path,
    date: str | None,
) -> None:
    from xiangji.cli.content.import_kind import import_kind, kind_to_import
    from xiangji.cli.content.import_table import import_table
    from xiangji.cli.content.undo import take_back

    settings, _ = open_settings(lang, config, date, None)
    if undo:
        if table or product or kind or write:
            raise click.UsageError(say("undo-alone", lang))
        sys.exit(take_back(lang, settings, "import"))
    if table is None:
        raise click.UsageError(say("import-no-argument", lang))
    if kind in PRICE_LISTS:
        from xiangji.cli.content.import_prices import import_prices

        sys.exit(import_prices(lang, settings, table, write))
    meant = kind_to_import(lang, kind) if kind else None
    if meant is None or meant.name == "batches":
        sys.exit(import_table(lang, settings, table, product, write, private))
    if product is not None:
        raise click.UsageError(say("records-product", lang))
    sys.exit(import_kind(lang, settings, table, meant, write, private))


def _serve(lang: str, **given: Any) -> None:
    from xiangji.cli.serve import run_serve

    sys.exit(run_serve(lang, **given))


_COMMANDS: tuple[Command, ...] = (
    ("new", _new, _new_params),
    ("check", _check, _check_params),
    ("build", _build, _build_params),
    ("publish", _publish, publish_params),
    ("serve", _serve, _serve_params),
    ("import", _import, import_params),
    ("table", _table, table_params),
    ("fix", _fix, _fix_params),
    ("kinds", _kinds, _kinds_params),
    ("recall", _recall, recall_params),
    ("pledge", _pledge, pledge_params),
)
"""The commands that belong to no group."""
