"""The type of files and folders on the command line: it rejects what cannot be a file name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cli.words import say
from xiangji.regular_file import can_be_named

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey

_SHOWN = 60
"""The maximal number of characters of a name that a message repeats."""


class PlaceType(click.Path):
    """A path on the command line.

    A URL (`s3://…`) is rejected, although the file system would accept it as folder names; with `address` it stays
    text.
    """

    def __init__(self, lang: str, address: bool = False) -> None:
        super().__init__(path_type=Path)
        self._lang, self._address = lang, address

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        """Return the path for the given text. Raises `click.UsageError` if the text cannot be a path."""
        if isinstance(value, Path):
            return value
        text = str(value)
        if "://" in text:
            return text if self._address else self._refused("place-address", text)
        return Path(text) if can_be_named(text) else self._refused("place-name", text)

    def _refused(self, word: MessageKey, text: str) -> Any:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise click.UsageError(say(word, self._lang, value=shown))
