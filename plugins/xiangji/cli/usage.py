"""How Click is run: its streams, its language, its exit status."""

from __future__ import annotations

import gettext
import os
import sys

import click

from xiangji.messages import CLICK, FOLDER
from xiangji.model.parsing.late_pattern import late_pattern


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


_QUOTED = late_pattern(r"'([^'\n]*)'")


def in_chinese(text: str) -> str:
    """Return a sentence of Click with Chinese marks: Click itself puts names between ' and ends with a full stop."""
    text = _QUOTED.sub(r"“\1”", text).replace("”, “", "”、“").replace("” / “", "”“")
    text = text.replace("integer range", "整数").replace("。 ", "。")
    text = text.replace(" “", "“").replace("” ", "”")
    return f"{text[:-1]}。" if text.endswith("”.") else text


def _told(error: click.ClickException) -> click.ClickException:
    """Return a mistake in using the program, in words of the reader's language alone."""
    if os.environ.get("LANGUAGE") != "zh":
        return error
    text = in_chinese(error.format_message())
    if isinstance(error, click.UsageError):
        return click.UsageError(text, error.ctx)
    return click.ClickException(text)


def run(group: click.Group, arguments: list[str] | None) -> None:
    """Run a command group and leave with its exit status."""
    try:
        status = group.main(arguments, prog_name="xiangji", standalone_mode=False)
    except click.ClickException as error:
        _told(error).show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
