"""Finds the outside addresses that a village publishes, each with the place where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from xiangji.checks.wording.passages import PublishedTexts
from xiangji.disclosure import disclosed
from xiangji.library import Library
from xiangji.model.fields import AnyValueType, Nested, rows_to
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import WEB
from xiangji.readers.site.public_address import is_example
from xiangji.settings import Settings

_SIGN = r"[^\s<>\"'`{}|\\^\[\]()（）【】「」《》“”，。；、！？]"
_IN_TEXT = late_pattern(rf"https?://(?:(?!,https?://)(?:{_SIGN}|\({_SIGN}*\)))+")
"""An address in Markdown. It ends at what stands around an address in Chinese or in Markdown, and may hold pairs of
brackets."""

_AFTER = ".,;:!?*_~"
"""Signs at the end that belong to the sentence, or to Markdown."""

_CODE = late_pattern(r"(```|~~~).*?(?:\1|\Z)|`[^`\n]*`", re.DOTALL)
"""Code in Markdown. An address in it is an example, and no link."""


class WrittenAddress(Struct, frozen=True, order=True):
    """An address, and where its author wrote it first."""

    location: Location
    address: str


def outside_addresses(
    library: Library, today: date, settings: Settings
) -> tuple[WrittenAddress, ...]:
    """Every outside address that is published on `today`, each once, in the order of the files.

    What stays at home is not asked about, since the question alone would tell others of it.
    """
    first: dict[str, Location] = {}
    for location, address in (*_of_fields(library, today), *_of_texts(library, today, settings)):
        first[address] = min(location, first.get(address, location))
    found = (WrittenAddress(place, address) for address, place in first.items())
    return tuple(sorted(each for each in found if not is_example(each.address)))


def _of_fields(library: Library, today: date) -> Iterator[tuple[Location, str]]:
    shown = disclosed(library, today)
    for record in (*shown.records(), *shown.codes, *shown.pledges):
        yield from _written(record)


def _written(record: Any) -> Iterator[tuple[Location, str]]:
    for row in rows_to(type(record), _is_web):
        for each in row.values(record):
            if isinstance(row.item, Nested):
                yield from _written(each)
            else:
                yield record.origin.of(row.name), str(each)


def _is_web(kind: AnyValueType) -> bool:
    return kind is WEB


def _of_texts(library: Library, today: date, settings: Settings) -> Iterator[tuple[Location, str]]:
    for texts in PublishedTexts(library, today, settings):
        for passage in texts.passages:
            text = _CODE.sub(_blank, passage.whole or passage.text)
            for match in _IN_TEXT.finditer(text) if "://" in text else ():
                yield passage.place_of(text, match.start()), match[0].rstrip(_AFTER)


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])
