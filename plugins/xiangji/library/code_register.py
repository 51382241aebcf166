"""The register of printed codes: where each code leads today, and which codes lead to a batch.

Several rows may have the same address (several runs). What one row says about an address holds for all its runs,
because a printed code does not show to which run it belongs.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.library import Library
from xiangji.model.parsing.partial_date import whole_day
from xiangji.model.vocabularies import CodeState
from xiangji.records.code import PrintedCode


class PrintedAddress(Struct, frozen=True):
    """A printed address with its runs, and what it does today.

    `target` is the redirect that its rows declare. `to` is where the redirects finally end; it is None if the address
    leads to no other address, or if the redirects form a cycle (`round`). `kept` means that the batch was renamed and
    the old address redirects to it without a row that says so.
    """

    address: str
    state: CodeState
    runs: tuple[PrintedCode, ...]
    target: str | None = None
    to: str | None = None
    round: bool = False
    kept: bool = False

    @property
    def bound(self) -> bool:
        """Whether it leads to another address."""
        return self.target is not None or self.kept


def register(library: Library) -> dict[str, PrintedAddress]:
    """Every printed address of the village with its present state, in the order of the register."""
    runs: dict[str, list[PrintedCode]] = {}
    for code in library.codes:
        runs.setdefault(code.address, []).append(code)
    plain = {address: _plain(address, tuple(rows)) for address, rows in runs.items()}
    return {address: _followed(each, plain, library) for address, each in plain.items()}


def saved_register(codes: tuple[PrintedCode, ...]) -> dict[str, PrintedAddress]:
    """The same for an older register, without following redirects."""
    runs: dict[str, list[PrintedCode]] = {}
    for code in codes:
        runs.setdefault(code.address, []).append(code)
    return {address: _plain(address, tuple(rows)) for address, rows in runs.items()}


def lead_to(
    product: str, lot: str, found: Mapping[str, PrintedAddress]
) -> tuple[PrintedAddress, ...]:
    """The printed codes that open the sheet of a batch, in normal or large print, directly or by redirects."""
    own = urls.sheet(product, lot), urls.elder_sheet(product, lot)
    return tuple(
        each
        for each in found.values()
        if each.state is not CodeState.CLOSED
        and (each.to in own or (each.address in own and not each.bound))
    )


def _plain(address: str, rows: tuple[PrintedCode, ...]) -> PrintedAddress:
    """The state of an address from its rows: a target wins, then closed.

    The address is unbound only if every row says so.
    """
    states = {row.state for row in rows}
    target = next((row.target for row in reversed(rows) if row.target is not None), None)
    if target is not None:
        state = CodeState.REDIRECTED
    elif CodeState.CLOSED in states:
        state = CodeState.CLOSED
    elif states == {CodeState.UNBOUND}:
        state = CodeState.UNBOUND
    else:
        state = CodeState.ACTIVE
    return PrintedAddress(address, state, rows, target)


def _followed(
    start: PrintedAddress, found: Mapping[str, PrintedAddress], library: Library
) -> PrintedAddress:
    """The address with the final end of its redirects."""
    if start.state in (CodeState.CLOSED, CodeState.UNBOUND):
        return start
    seen = {start.address}
    at = start.address if start.target is None else start.target
    while start.target is not None:
        if at in seen:
            return replace(start, round=True)
        seen.add(at)
        further = found[at].target if at in found else None
        if further is None:
            break
        at = further
    new = renamed(at, found, library)
    kept = new is not None and start.target is None
    return replace(start, to=new or (at if start.target is not None else None), kept=kept)


def renamed(address: str, found: Mapping[str, PrintedAddress], library: Library) -> str | None:
    """The sheet's address of the renamed batch to which an old printed address belongs.

    None if the batch still has its old name, or if no batch or more than one comes into question. A batch comes into
    question if it has the same lot, and its product has the name that was printed beside the code or the old
    product's name. It also does if it is of the same product, was made on the same day as the old batch, and its lot
    was not beside the old one in the saved register.
    """
    parts = urls.lot_of(address)
    if parts is None or f"{parts[0]}/{parts[1]}" in library.batches:
        return None
    product, lot, rest = parts
    old = library.saved.lots.get(f"{product}/{lot}")
    names = {row.name for row in found[address].runs if row.name} if address in found else set()
    names |= {old.name} if old and old.name else set()
    same = {
        f"{other.id}/{lot}"
        for other in library.products.values()
        if other.name in names and f"{other.id}/{lot}" in library.batches
    }
    if old and old.made_on:
        same |= {
            batch.key
            for batch in library.lots_of(product)
            if whole_day(batch.dated) == old.made_on and batch.lot not in old.beside
        }
    if len(same) != 1:
        return None
    at, _, lot = same.pop().partition("/")
    return urls.sheet(at, lot) + rest
