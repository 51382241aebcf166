"""What the command line says, and in which language. The sentences stand in `locale/`."""

from __future__ import annotations

import locale
import os
import sys
from typing import TYPE_CHECKING, cast

from xiangji.messages import message

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey


def language(arguments: list[str] | None = None) -> str:
    """`zh` or `en`: from `--lang`, else from the locale; Chinese unless that says English."""
    given = sys.argv[1:] if arguments is None else arguments
    for index, argument in enumerate(given):
        if argument == "--lang" and index + 1 < len(given):
            return "en" if given[index + 1].startswith("en") else "zh"
        if argument.startswith("--lang="):
            return "en" if argument[7:].startswith("en") else "zh"
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (name or locale.getlocale()[0] or "").lower().startswith("en") else "zh"


def say(key: MessageKey, lang: str, **values: object) -> str:
    """A sentence of the command line. Raises KeyError where there is none."""
    return message("command", key, lang).format(**values)


def message_key(name: str) -> MessageKey:
    """A key that is put together, or that another layer named: no type can tell whether there is one."""
    return cast("MessageKey", name)
