"""Defines the options and arguments of the commands, with help texts in both languages, and makes commands of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cli.place_type import PlaceType
from xiangji.cli.words import message_key, say
from xiangji.problems import Problem, as_github, as_json, as_text

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey

FORMATS: dict[str, Callable[[tuple[Problem, ...], str], str]] = {
    "text": as_text,
    "json": lambda found, _: as_json(found),
    "github": lambda found, _: as_github(found),
}
"""The output formats of a report of problems, by name."""

PRICE_LISTS = ("prices", "price", "价目", "价目表", "价格", "价格表")
"""The names of price lists, which are no kind of record, for `xiangji import --kind` and `xiangji table`."""


def lang_option(lang: str) -> click.Option:
    """`--lang`, before or after the command. `words.language` has read its value already."""
    kind = click.Choice(["zh", "en"])
    return click.Option(["--lang"], type=kind, help=say("lang", lang), expose_value=False)


def option(flag: str, word: MessageKey, lang: str, **more: Any) -> click.Option:
    """An option whose help is the sentence `word`."""
    return click.Option([flag], help=say(word, lang), **more)


def argument(name: str, lang: str, **more: Any) -> click.Argument:
    """An argument, and what it is called where a command is shown."""
    shown = say(message_key(f"argument-{name}"), lang)
    return click.Argument([name], metavar=shown, **more)


def config_option(lang: str) -> click.Option:
    """`--config`: the configuration file of the village."""
    kind, usual = PlaceType(lang), Path("mkdocs.yml")
    names, text = ["--config", "-f"], say("config", lang)
    return click.Option(names, type=kind, default=usual, help=text, metavar="PATH")


def village_options(lang: str) -> list[click.Option]:
    """Return the options for the village, the day and the address of the site."""
    return [
        config_option(lang),
        option("--date", "date", lang, metavar="YYYY-MM-DD"),
        option("--site-url", "site-url", lang, metavar="URL"),
    ]


def since_option(lang: str) -> click.Option:
    """`--since`: the Git revision that printed things are compared with."""
    return option("--since", "since", lang, metavar="REV", default="")


def strict_option(lang: str) -> click.Option:
    """`--strict`: warnings count as errors."""
    return option("--strict", "strict", lang, is_flag=True)


def format_option(lang: str) -> click.Option:
    """`--format`: the output format of problems."""
    kinds = click.Choice(list(FORMATS))
    return click.Option(["--format", "form"], type=kinds, default="text", help=say("format", lang))


def target_options(lang: str) -> list[click.Option]:
    """Return the options that say where a site is written, and by which host."""
    folder = PlaceType(lang)
    return [
        click.Option(
            ["--out", "-o"],
            type=PlaceType(lang, address=True),
            metavar="DIR",
            help=say("out", lang),
        ),
        click.Option(["--stage"], type=folder, metavar="DIR", help=say("stage", lang)),
        host_option(lang),
        option("--cluster", "cluster", lang, metavar="tcp://HOST:PORT"),
        click.Option(["--zip", "zipped"], help=say("zip", lang), is_flag=True),
    ]


def host_option(lang: str) -> click.Option:
    """`--host`: who makes the hand-written pages of `reading:`."""
    hosts = click.Choice(["mkdocs", "none"])
    return click.Option(["--host"], type=hosts, default="mkdocs", help=say("host", lang))


def report_options(lang: str) -> list[click.Option]:
    """Return the options for the report of a build."""
    forms = click.Choice(["text", "json"])
    return [
        option("--quiet", "quiet", lang, is_flag=True),
        click.Option(["--format", "form"], type=forms, default="text", help=say("summary", lang)),
        option("--profile", "profile", lang, is_flag=True),
    ]


def import_params(lang: str) -> list[click.Parameter]:
    """Return the parameters of `xiangji import`."""
    return [
        argument("table", lang, type=PlaceType(lang), required=False),
        option("--product", "import-product", lang, metavar="ID"),
        option("--kind", "records-kind", lang, metavar="NAME"),
        click.Option(
            ["--with", "private"],
            help=say("import-with", lang),
            metavar=say("import-with-what", lang),
            multiple=True,
        ),
        option("--write", "import-write", lang, is_flag=True),
        option("--undo", "undo", lang, is_flag=True),
        *village_options(lang)[:2],
    ]


def table_params(lang: str) -> list[click.Parameter]:
    """Return the parameters of `xiangji table`."""
    kind = PlaceType(lang)
    return [
        argument("name", lang),
        click.Option(["--out", "-o"], type=kind, metavar="FILE", help=say("table-out", lang)),
        click.Option(["--csv", "as_csv"], is_flag=True, help=say("table-csv", lang)),
        *village_options(lang)[:2],
    ]


def recall_params(lang: str) -> list[click.Parameter]:
    """Return the parameters of `xiangji recall`."""
    kinds = click.Choice(["text", "json"])
    return [
        argument("lot", lang),
        option("--drill", "recall-drill", lang, is_flag=True),
        click.Option(["--format", "form"], type=kinds, default="text", help=say("format", lang)),
        *village_options(lang),
    ]


def pledge_params(lang: str) -> list[click.Parameter]:
    """Return the parameters of `xiangji pledge`."""
    kinds = click.Choice(["text", "json"])
    count = click.IntRange(1, 100_000)
    papers = click.Choice(["label", "a4-8", "a4"])
    return [
        argument("lot", lang),
        option("--quantity", "pledge-quantity", lang, metavar="AMOUNT"),
        option("--copies", "pledge-copies", lang, type=count, default=1),
        option("--issue", "pledge-issue", lang, is_flag=True),
        click.Option(["--pdf"], type=papers, help=say("pledge-pdf", lang)),
        click.Option(["--format", "form"], type=kinds, default="text", help=say("format", lang)),
        *village_options(lang),
    ]


def publish_params(lang: str) -> list[click.Parameter]:
    """Return the parameters of `xiangji publish`."""
    folder = PlaceType(lang)
    forms = click.Choice(["text", "json"])
    site = click.Option(["--from", "folder"], type=folder, metavar="DIR", help=say("from", lang))
    return [
        argument("target", lang),
        option("--plan", "publish-plan", lang, is_flag=True),
        option("--back", "publish-back", lang, is_flag=True),
        option("--take-over", "publish-take-over", lang, is_flag=True),
        site,
        click.Option(["--format", "form"], type=forms, default="text", help=say("format", lang)),
        config_option(lang),
        option("--site-url", "site-url", lang, metavar="URL"),
    ]


def fix_params(lang: str) -> list[click.Option]:
    """Return the parameters of `xiangji fix`."""
    return [
        option("--diff", "fix-diff", lang, is_flag=True),
        option("--write", "fix-write", lang, is_flag=True),
        option("--undo", "undo", lang, is_flag=True),
    ]


def command(
    name: str, function: Callable[..., None], params: list[Any], lang: str, word: str = ""
) -> click.Command:
    """Return the command `name`, which calls `function` with the language and its parameters. `word` is its help."""

    def call(**values: Any) -> None:
        function(lang, **values)

    text = say(message_key(word or name), lang)
    params = [*params, lang_option(lang)]
    return click.Command(
        name,
        callback=call,
        params=params,
        help=text,
        short_help=text,
        options_metavar=say("usage-options", lang),
    )


def group(name: MessageKey, commands: Iterable[click.Command], lang: str) -> click.Group:
    """Return a group of commands; the key of its help is its name."""
    return click.Group(
        name,
        {str(each.name): each for each in commands},
        help=say(name, lang),
        options_metavar=say("usage-options", lang),
        subcommand_metavar=say("usage-command", lang),
    )
