"""Checks the register of printed codes: a printed code must lead to the same page for ever.

The rows are checked by themselves. Then they are compared with the register saved in Git: no row may be missing, and
no code may point to another batch. Without Git the check is whether the printing days are in order.
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
    """Problems of the register: within its rows, and compared with its saved version."""
    for code in library.codes:
        yield from _check_row(code)
    found = register(library)
    for each in found.values():
        yield from _check_targets(each)
        if each.kept and each.to is not None:
            at = each.runs[-1].origin.of("address")
            yield problem("code-kept", at, value=each.address, to=_register_form(each.to))
    saved = library.saved
    if saved.missing:
        yield problem("register-since", _PLACE, value=saved.missing)
    elif saved.kept:
        yield from _compare_with_saved(saved.codes, library.codes, found)
    else:
        yield from _check_order(library.codes)


def answers(
    found: Mapping[str, PrintedAddress], answered: Collection[str], made: Collection[str]
) -> Iterator[Problem]:
    """Problems of codes that do not fit the pages of the site.

    `answered` are the addresses of the pages. `made` are the addresses of pages that the register itself produces.
    """
    for each in found.values():
        row = each.runs[-1]
        at = row.origin.of("address")
        if each.round:
            continue
        if each.state is CodeState.ACTIVE and not each.kept and each.address not in answered:
            # Only another letter case is suggested: a printed address of another lot is no typing error.
            folded = each.address.lower()
            near, near_en = suggestion(folded, (a for a in answered if a.lower() == folded))
            if not _nowhere(each):
                yield problem("code-no-page", at, value=each.address, near=near, near_en=near_en)
        elif each.address in answered and _elsewhere(each):
            told = _destination(each)
            yield problem("code-page", at, value=each.address, told=told[0], told_en=told[1])
        if each.to is not None and each.to not in answered and each.to not in made:
            to = _register_form(each.to)
            near, near_en = suggestion(to, (_register_form(a) for a in answered))
            value = {"value": to, "address": each.address, "near": near, "near_en": near_en}
            yield problem("code-target-page", _target(each), **value)


def _elsewhere(each: PrintedAddress) -> bool:
    """Whether the register closes or redirects the address, so that it should have no page of its own."""
    return any(row.state in (CodeState.CLOSED, CodeState.REDIRECTED) for row in each.runs)


def _nowhere(each: PrintedAddress) -> bool:
    """Whether the address is redirected without a target. Another rule reports that already."""
    return any(row.state is CodeState.REDIRECTED for row in each.runs)


def _check_row(code: PrintedCode) -> Iterator[Problem]:
    """Check one row: a target only where it is needed, and the state unbound only for roll codes."""
    rolled = code.address.startswith(urls.ROLLS)
    state = code.origin.of("state")
    # The reader has reported a target that is written but cannot be read.
    unwritten = code.target is None and not code.origin.wrote("target")
    if code.state is CodeState.REDIRECTED and unwritten:
        yield problem("code-target-missing", state, value=code.address)
    stays = code.state is CodeState.CLOSED or (code.state is CodeState.ACTIVE and not rolled)
    if stays and code.target is not None:
        at = code.origin.of("target")
        yield problem("code-target-needless", at, value=code.address, state=code.state)
    if code.state is CodeState.UNBOUND and not rolled:
        yield problem("code-unbound", state, value=code.address)


def _check_targets(each: PrintedAddress) -> Iterator[Problem]:
    """Check that all rows of an address have the same target, and that its redirects form no cycle."""
    ends: dict[str, PrintedCode] = {}
    for row in each.runs:
        if row.target is not None:
            ends.setdefault(_register_form(row.target), row)
        elif row.state is CodeState.CLOSED:
            ends.setdefault(str(CodeState.CLOSED), row)
    if len(ends) > 1:
        (first, _), (second, row) = list(ends.items())[:2]
        yield problem(
            "code-twice", row.origin.of("state"), value=each.address, one=first, other=second
        )
    if each.round:
        yield problem("code-round", _target(each), value=each.address)


def _compare_with_saved(
    before: tuple[PrintedCode, ...],
    now: tuple[PrintedCode, ...],
    found: Mapping[str, PrintedAddress],
) -> Iterator[Problem]:
    """Check that all saved rows are still there and that each code leads where it led."""
    for address, had, has in gone((c.address for c in before), (c.address for c in now)):
        yield problem("code-deleted", _PLACE, value=address, had=had, has=has)
    for address, old in saved_register(before).items():
        new = found.get(address)
        if new is None:
            continue
        at = new.runs[-1].origin.of("target" if new.target is not None else "state")
        said = {"value": address, "old": _destination(old)[0], "new": _destination(new)[0]}
        english = {"old_en": _destination(old)[1], "new_en": _destination(new)[1]}
        if _reused(old, new):
            yield problem("code-reused", at, **said, **english)
        elif _repointed(old, new):
            yield problem("code-repointed", at, **said, **english)


def _reused(old: PrintedAddress, new: PrintedAddress) -> bool:
    """Whether a closed roll code is used again. The address of a batch may be opened again."""
    rolled = new.address.startswith(urls.ROLLS)
    return old.state is CodeState.CLOSED and rolled and new.state is not CodeState.CLOSED


def _repointed(old: PrintedAddress, new: PrintedAddress) -> bool:
    """Whether a code leads to another batch than in the saved register, without a row that redirects it there."""
    if old.target is None:
        # The address of a batch cannot become unbound.
        return old.state is not CodeState.UNBOUND and new.state is CodeState.UNBOUND
    if new.target == old.target or new.state is CodeState.CLOSED:
        return False
    if new.target is None:
        return new.address.startswith(urls.ROLLS)
    return not any(
        row.state is CodeState.REDIRECTED and row.target == new.target for row in new.runs
    )


def _check_order(codes: tuple[PrintedCode, ...]) -> Iterator[Problem]:
    """Check that the printing days do not decrease, because rows are only added at the end."""
    dated = [(code, code.printed_on) for code in codes if code.printed_on]
    for code, last in out_of_order(dated):
        at, line = code.origin.of("printed_on"), last.origin.location.line
        said = {"value": code.printed_on, "before": last.printed_on, "line": line}
        yield problem("code-order", at, **said)


def gone(before: Iterable[str], now: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each key that has fewer rows than before, with the number of rows before and now."""
    had, has = Counter(before), Counter(now)
    return ((key, count, has[key]) for key, count in had.items() if has[key] < count)


def out_of_order(rows: Iterable[tuple[R, date]]) -> Iterator[tuple[R, R]]:
    """Yield each row that has an earlier day than a row above it, with that other row."""
    last: tuple[R, date] | None = None
    for row, day in rows:
        if last and day < last[1]:
            yield row, last[0]
        else:
            last = row, day


def _target(each: PrintedAddress) -> Location:
    row = next((row for row in reversed(each.runs) if row.target is not None), each.runs[-1])
    return row.origin.of("target")


def _register_form(address: str) -> str:
    """An address in the form of the register: `product/lot` for a batch, else a path."""
    parts = urls.lot_of(address)
    return f"{parts[0]}/{parts[1]}" if parts and not parts[2] else f"/{address}"


def _destination(each: PrintedAddress) -> tuple[str, str]:
    """The target or the state of an address, in Chinese and English."""
    if each.target is not None:
        to = _register_form(each.target)
        return f"转到 {to}", f"leads to {to}"
    return str(each.state), each.state.key
