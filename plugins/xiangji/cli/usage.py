"""How Click is run: its streams, its language, its exit status."""

from __future__ import annotations

import gettext
import os
import sys

import click

from xiangji.messages import CLICK, FOLDER


def in_utf8() -> None:
    """Make both output streams UTF-8: a Windows console may use a code page that lacks characters that we print."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def speak(lang: str) -> None:
    """Have Click say its own sentences in a language: it asks gettext, and gettext asks the environment which one."""
    gettext.bindtextdomain(CLICK, os.fspath(FOLDER))
    gettext.textdomain(CLICK)
    os.environ["LANGUAGE"] = lang


def run(group: click.Group, arguments: list[str] | None) -> None:
    """Run a command group and leave with its exit status."""
    try:
        status = group.main(arguments, prog_name="xiangji", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
