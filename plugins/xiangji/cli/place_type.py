"""Files and folders named on the command line: refused at once where no file can have that name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cli.words import say
from xiangji.regular_file import can_be_named

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey

_SHOWN = 60
"""Characters of a name that a message repeats."""


class PlaceType(click.Path):
    """A path. An address (`s3://…`) is none, though a system would make folders of it; with `address` it stays a
    text."""

    def __init__(self, lang: str, address: bool = False) -> None:
        super().__init__(path_type=Path)
        self._lang, self._address = lang, address

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        """The path that was written. Raises `click.UsageError` where it can be none."""
        if isinstance(value, Path):
            return value
        text = str(value)
        if "://" in text:
            return text if self._address else self._refused("place-address", text)
        return Path(text) if can_be_named(text) else self._refused("place-name", text)

    def _refused(self, word: MessageKey, text: str) -> Any:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise click.UsageError(say(word, self._lang, value=shown))
