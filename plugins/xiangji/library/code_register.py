"""What became of every printed code: where it leads today, and which codes lead to a batch.

Several rows may name one address (several runs). What one row says of it holds for all: paper does
not know in which run it was printed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.library import Library
from xiangji.model.vocabularies import CodeState
from xiangji.records.code import PrintedCode


class PrintedAddress(Struct, frozen=True):
    """A printed address with its runs, and what it does today.

    `target` is where its rows send it, `to` where that ends after all further redirects: None where
    it leads nowhere else, or round in a circle (`round`). `kept` says that the batch got another
    name, and the old address is kept alive without a row that says so.
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
    """Every printed address of the village with what became of it, in the order of the register."""
    runs: dict[str, list[PrintedCode]] = {}
    for code in library.codes:
        runs.setdefault(code.address, []).append(code)
    plain = {address: _plain(address, tuple(rows)) for address, rows in runs.items()}
    return {address: _followed(each, plain, library) for address, each in plain.items()}


def saved_register(codes: tuple[PrintedCode, ...]) -> dict[str, PrintedAddress]:
    """The same of an older register, without following redirects."""
    runs: dict[str, list[PrintedCode]] = {}
    for code in codes:
        runs.setdefault(code.address, []).append(code)
    return {address: _plain(address, tuple(rows)) for address, rows in runs.items()}


def lead_to(
    product: str, lot: str, found: Mapping[str, PrintedAddress]
) -> tuple[PrintedAddress, ...]:
    """The printed codes that open the sheet of a batch, in either form, by themselves or because
    they lead there."""
    own = urls.sheet(product, lot), urls.elder_sheet(product, lot)
    return tuple(
        each
        for each in found.values()
        if each.state is not CodeState.CLOSED
        and (each.to in own or (each.address in own and not each.bound))
    )


def _plain(address: str, rows: tuple[PrintedCode, ...]) -> PrintedAddress:
    """What the rows say of an address. A target goes before everything, then being closed; it is
    unbound only if every row says so."""
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
    """With the address that it leads to at last."""
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
    """The address of the batch that has this one's paper out and another name now; None if it has
    its old name, or if more than one may be it, or none.

    It is the same if it has the same lot, and its product the name that was printed beside the code
    or that the old product had; or if it was made on the same day as the old one of the same product,
    which it never stood beside.
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
            if batch.made_on == old.made_on and batch.lot not in old.beside
        }
    if len(same) != 1:
        return None
    at, _, lot = same.pop().partition("/")
    return urls.sheet(at, lot) + rest
