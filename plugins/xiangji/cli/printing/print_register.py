"""The register of prints (`products/codes.csv`), as a command adds its runs to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from xiangji.cli.village import unwritten
from xiangji.cli.words import message_key, say
from xiangji.editing.table_rows import with_rows
from xiangji.output.single_file import content_place, put_content, read_content
from xiangji.problems import Problem, fatal
from xiangji.readers.tables.registers import REGISTER
from xiangji.records.code import PrintedCode


def reason_given(lang: str, anyway: str | None) -> str:
    """Why something is printed against a lot's state; a reason that says nothing is wrong use."""
    if anyway is None:
        return ""
    reason = " ".join(anyway.split())
    if not reason:
        raise click.UsageError(say("anyway-empty", lang))
    return reason


def with_runs(
    lang: str, root: Path, problems: Sequence[Problem], rows: Sequence[PrintedCode]
) -> bytes:
    """The register with the new rows. Ends with status 1 where they cannot be added: nothing has been
    written then."""
    unsound = [each for each in problems if each.location.path == REGISTER]
    if fatal(unsound, strict=False):
        click.echo(say("labels-unsound", lang), err=True)
        raise SystemExit(1)
    file = root / REGISTER
    try:
        content_place(root, file)
        before = read_content(file)
    except OSError as error:
        click.echo(unwritten(lang, REGISTER, error), err=True)
        raise SystemExit(1) from error
    added = with_rows(before, rows, PrintedCode, REGISTER)
    if added.obstacle:
        word = message_key(added.obstacle)
        click.echo(say(word, lang, place=REGISTER, about=added.about), err=True)
        raise SystemExit(1)
    return added.content


def put_runs(lang: str, root: Path, content: bytes) -> None:
    """Write the register."""
    try:
        put_content(root, root / REGISTER, content)
    except OSError as error:
        click.echo(unwritten(lang, REGISTER, error), err=True)
        raise SystemExit(1) from error
