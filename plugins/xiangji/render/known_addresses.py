"""Which addresses a site answers: those of the pages that were made, and of every batch's sheets.

A large village has more sheets than anything else: whether there is one is told by its batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from xiangji import urls
from xiangji.library import Library

if TYPE_CHECKING:
    from xiangji.records.batch import Batch


class KnownAddresses(Collection[str]):
    """Addresses of pages."""

    def __init__(self, library: Library, sheets: bool, made: set[str]) -> None:
        self._library = library
        self._sheets = sheets
        """Whether batches have sheets at all."""
        self._made = made

    def beside(self, others: Iterable[str]) -> KnownAddresses:
        """These and others."""
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
        """The batch whose sheet, or code, is this file, if letter case does not count."""
        top, _, rest = file.lower().partition("/")
        product, _, rest = rest.partition("/")
        lot, _, name = rest.partition("/")
        if f"{top}/" != urls.TRACE or not self._sheets or name not in _BESIDE:
            return None
        batches = self._library.batches
        there = batches.of(product)
        return next((batches[each.key] for each in there if each.lot.lower() == lot), None)


_BESIDE = ("index.html", f"{urls.LARGE}index.html", "code.svg", "code.png")
