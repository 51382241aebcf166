"""The register of printed codes: a code that is out must lead somewhere, for ever, and not elsewhere.

What the rows say is checked by itself; against the register as Git keeps it, nothing may be gone or
point to another batch. Without Git the order of the printing days stands in for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from xiangji import urls
from xiangji.library import Library
from xiangji.library.code_register import PrintedAddress, register, saved_register
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.model.vocabularies import CodeState
from xiangji.problems import Problem, problem
from xiangji.records.code import PrintedCode

R = TypeVar("R")

_PLACE = Location("products/codes.csv")


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of the register, by itself and against the past."""
    for code in library.codes:
        yield from _row(code)
    found = register(library)
    for each in found.values():
        yield from _ends(each)
        if each.kept and each.to is not None:
            at = each.runs[-1].origin.of("address")
            yield problem("code-kept", at, value=each.address, to=_said(each.to))
    saved = library.saved
    if saved.missing:
        yield problem("register-since", _PLACE, value=saved.missing)
    elif saved.kept:
        yield from _past(saved.codes, library.codes, found)
    else:
        yield from _order(library.codes)


def answers(
    found: Mapping[str, PrintedAddress], answered: Collection[str], made: Collection[str]
) -> Iterator[Problem]:
    """Problems of codes with what the site holds. `answered` are the addresses of its pages; `made`
    those that a page of the register itself answers."""
    for each in found.values():
        row = each.runs[-1]
        at = row.origin.of("address")
        if each.round:
            continue
        if each.state is CodeState.ACTIVE and not each.kept and each.address not in answered:
            # Another lot's address is no slip of the pen on paper; letter case is.
            folded = each.address.lower()
            near, near_en = suggestion(folded, (a for a in answered if a.lower() == folded))
            if not _nowhere(each):
                yield problem("code-no-page", at, value=each.address, near=near, near_en=near_en)
        elif each.address in answered and _elsewhere(each):
            told = _told(each)
            yield problem("code-page", at, value=each.address, told=told[0], told_en=told[1])
        if each.to is not None and each.to not in answered and each.to not in made:
            to = _said(each.to)
            near, near_en = suggestion(to, (_said(a) for a in answered))
            value = {"value": to, "address": each.address, "near": near, "near_en": near_en}
            yield problem("code-target-page", _target(each), **value)


def _elsewhere(each: PrintedAddress) -> bool:
    """Whether the register says on purpose that something else than a page is there."""
    return any(row.state in (CodeState.CLOSED, CodeState.REDIRECTED) for row in each.runs)


def _nowhere(each: PrintedAddress) -> bool:
    """Whether it is redirected to nothing, which is told already."""
    return any(row.state is CodeState.REDIRECTED for row in each.runs)


def _row(code: PrintedCode) -> Iterator[Problem]:
    """One row: a target where there must be one and nowhere else, and unbound only what may be."""
    rolled = code.address.startswith(urls.ROLLS)
    state = code.origin.of("state")
    # A target that is written and not read was told by the reader.
    unwritten = code.target is None and not code.origin.wrote("target")
    if code.state is CodeState.REDIRECTED and unwritten:
        yield problem("code-target-missing", state, value=code.address)
    stays = code.state is CodeState.CLOSED or (code.state is CodeState.ACTIVE and not rolled)
    if stays and code.target is not None:
        at = code.origin.of("target")
        yield problem("code-target-needless", at, value=code.address, state=code.state)
    if code.state is CodeState.UNBOUND and not rolled:
        yield problem("code-unbound", state, value=code.address)


def _ends(each: PrintedAddress) -> Iterator[Problem]:
    """All rows of an address say the same, and its redirects come to an end."""
    ends: dict[str, PrintedCode] = {}
    for row in each.runs:
        if row.target is not None:
            ends.setdefault(_said(row.target), row)
        elif row.state is CodeState.CLOSED:
            ends.setdefault(str(CodeState.CLOSED), row)
    if len(ends) > 1:
        (first, _), (second, row) = list(ends.items())[:2]
        yield problem(
            "code-twice", row.origin.of("state"), value=each.address, one=first, other=second
        )
    if each.round:
        yield problem("code-round", _target(each), value=each.address)


def _past(
    before: tuple[PrintedCode, ...],
    now: tuple[PrintedCode, ...],
    found: Mapping[str, PrintedAddress],
) -> Iterator[Problem]:
    """What was saved is still there, and leads where it led."""
    for address, had, has in gone((c.address for c in before), (c.address for c in now)):
        yield problem("code-deleted", _PLACE, value=address, had=had, has=has)
    for address, old in saved_register(before).items():
        new = found.get(address)
        if new is None:
            continue
        at = new.runs[-1].origin.of("target" if new.target is not None else "state")
        said = {"value": address, "old": _told(old)[0], "new": _told(new)[0]}
        english = {"old_en": _told(old)[1], "new_en": _told(new)[1]}
        if _reused(old, new):
            yield problem("code-reused", at, **said, **english)
        elif _repointed(old, new):
            yield problem("code-repointed", at, **said, **english)


def _reused(old: PrintedAddress, new: PrintedAddress) -> bool:
    """Whether a closed code is given out once more; its own sheet may open again."""
    rolled = new.address.startswith(urls.ROLLS)
    return old.state is CodeState.CLOSED and rolled and new.state is not CodeState.CLOSED


def _repointed(old: PrintedAddress, new: PrintedAddress) -> bool:
    """Whether a code leads to another batch than it did, and no row says that it was redirected."""
    if old.target is None:
        # An address of a batch never was without one.
        return old.state is not CodeState.UNBOUND and new.state is CodeState.UNBOUND
    if new.target == old.target or new.state is CodeState.CLOSED:
        return False
    if new.target is None:
        return new.address.startswith(urls.ROLLS)
    return not any(
        row.state is CodeState.REDIRECTED and row.target == new.target for row in new.runs
    )


def _order(codes: tuple[PrintedCode, ...]) -> Iterator[Problem]:
    """The register is only ever added to, so the days of printing go on."""
    dated = [(code, code.printed_on) for code in codes if code.printed_on]
    for code, last in out_of_order(dated):
        at, line = code.origin.of("printed_on"), last.origin.location.line
        said = {"value": code.printed_on, "before": last.printed_on, "line": line}
        yield problem("code-order", at, **said)


def gone(before: Iterable[str], now: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Keys of a register that have fewer rows than they had, with both counts."""
    had, has = Counter(before), Counter(now)
    return ((key, count, has[key]) for key, count in had.items() if has[key] < count)


def out_of_order(rows: Iterable[tuple[R, date]]) -> Iterator[tuple[R, R]]:
    """Rows of a register with an earlier day than one before them, each with that one."""
    last: tuple[R, date] | None = None
    for row, day in rows:
        if last and day < last[1]:
            yield row, last[0]
        else:
            last = row, day


def _target(each: PrintedAddress) -> Location:
    row = next((row for row in reversed(each.runs) if row.target is not None), each.runs[-1])
    return row.origin.of("target")


def _said(address: str) -> str:
    """An address as the register writes it: a batch by product and lot."""
    parts = urls.lot_of(address)
    return f"{parts[0]}/{parts[1]}" if parts and not parts[2] else f"/{address}"


def _told(each: PrintedAddress) -> tuple[str, str]:
    """What an address does, in Chinese and English."""
    if each.target is not None:
        to = _said(each.target)
        return f"转到 {to}", f"leads to {to}"
    return str(each.state), each.state.key
