"""The addresses that a site answers: those of pages that families made, and those of every batch's sheets.

A large village has more sheets than anything else. Their addresses are therefore not stored, but derived from
batches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from xiangji import urls
from xiangji.library import Library

if TYPE_CHECKING:
    from xiangji.records.batch import Batch


class KnownAddresses(Collection[str]):
    """A collection of page addresses. Sheets are looked up in the library."""

    def __init__(self, library: Library, sheets: bool, made: set[str]) -> None:
        self._library = library
        self._sheets = sheets
        """Whether batches have sheets, that is whether the family `trace` is on."""
        self._made = made

    def beside(self, others: Iterable[str]) -> KnownAddresses:
        """A new collection with these addresses and others."""
        return KnownAddresses(self._library, self._sheets, {*self._made, *others})

    def __contains__(self, address: object) -> bool:
        return address in self._made or self._is_sheet(str(address))

    def _is_sheet(self, address: str) -> bool:
        parts = urls.lot_of(address) if self._sheets else None
        return parts is not None and f"{parts[0]}/{parts[1]}" in self._library.batches

    def __iter__(self) -> Iterator[str]:
        yield from self._made
        for key in self._library.batches if self._sheets else ():
            product, _, lot = key.partition("/")
            yield from (urls.sheet(product, lot), urls.elder_sheet(product, lot))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def batch_of(self, file: str) -> Batch | None:
        """The batch of a sheet or code file in `/t/`, ignoring letter case; None if there is no such batch."""
        top, _, rest = file.lower().partition("/")
        product, _, rest = rest.partition("/")
        lot, _, name = rest.partition("/")
        if f"{top}/" != urls.TRACE or not self._sheets or name not in _FILES_OF_A_SHEET:
            return None
        batches = self._library.batches
        there = batches.of(product)
        return next((batches[each.key] for each in there if each.lot.lower() == lot), None)


_FILES_OF_A_SHEET = ("index.html", f"{urls.LARGE}index.html", "code.svg", "code.png")
