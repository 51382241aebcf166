"""`--undo` of a command that edits the village's content: restores the files and reports each."""

from __future__ import annotations

import click

from xiangji.cli.village import unwritten
from xiangji.cli.words import message_key, say
from xiangji.editing.undo import undo
from xiangji.settings import Settings


def take_back(lang: str, settings: Settings, command: str) -> int:
    """Undo the last edit of a command. Returns the exit status: 1 if a file was left as it is."""
    done: list[str] = []
    try:
        for path, what in undo(settings.root, settings.docs_dir, command):
            click.echo(say(message_key(f"undo-{what}"), lang, path=path))
            done.append(what)
    except OSError as error:
        click.echo(unwritten(lang, settings.root, error), err=True)
        return 1
    if not done:
        click.echo(say("undo-none", lang))
        return 0
    left = sum(each in ("changed", "refused") for each in done)
    count = sum(each in ("back", "gone") for each in done)
    click.echo(say("undo-done", lang, count=count, left=left))
    return 1 if left else 0
