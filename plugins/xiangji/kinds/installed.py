"""Finds the installed kinds of records: those of Xiangji, and those of other distributions.

A distribution declares a kind in the entry-point group `xiangji.kinds`, under the kind's own name:

    [project.entry-points."xiangji.kinds"]
    festivals = "village_festivals:KIND"

Most kinds are used by few villages, and importing them takes longer than reading a small village. Ours that lie in a
folder of this package are imported when a village has such records. Nothing else refers to their record classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from xiangji.entry_points import KINDS, EntryPoint, installed, is_ours, source_of
from xiangji.model.folders import FOLDER
from xiangji.model.kind import EXPORTS, PAGES, RecordKind
from xiangji.model.rule import Rule

TAKEN = frozenset(
    "assets audio batches brand c captions codes credits data dev e handbook histories impact kin media notes papers parties partners people"
    " permissions places pledges producers products proofs saved search shelves shop sources stories t thanks village workshops".split()
)
"""Names that addresses and collections of Xiangji already use."""


CALENDAR_FIELDS = frozenset({"at", "until", "place", "text"})
"""The fields that records need to appear in a calendar: two moments, a place and a text."""


class BrokenEntryPoint(Struct, frozen=True):
    """An entry point that provides no valid kind."""

    name: str
    source: str
    why: str


class InstalledKinds(Struct, frozen=True):
    """The kinds in the order of their names, and the entry points that provide no valid kind."""

    kinds: tuple[RecordKind, ...]
    broken: tuple[BrokenEntryPoint, ...] = ()


@cache
def installed_kinds() -> InstalledKinds:
    """Return all kinds. An exception in another distribution's code is recorded and does not stop us."""
    kinds: list[RecordKind] = []
    broken: list[BrokenEntryPoint] = []
    for name in installed(KINDS):
        found = _found(name)
        if isinstance(found, BrokenEntryPoint):
            broken.append(found)
        else:
            kinds.append(found)
    return InstalledKinds(tuple(kinds), tuple(broken))


def kinds_with(names: Iterable[str]) -> InstalledKinds:
    """Return the kinds that a village uses if it has records of the further kinds `names`.

    They are the kinds of these names, those with a folder of their own, and those of other distributions. Names of no
    kind are ignored.
    """
    used = frozenset(name for name in names if name in _asleep())
    return installed_kinds() if used == _asleep().keys() else _awake(used)


@lru_cache(64)
def _awake(used: frozenset[str]) -> InstalledKinds:
    awake = [_found(name) for name in installed(KINDS) if name in used or name not in _asleep()]
    return InstalledKinds(
        tuple(each for each in awake if isinstance(each, RecordKind)),
        tuple(each for each in awake if isinstance(each, BrokenEntryPoint)),
    )


@cache
def _asleep() -> Mapping[str, str]:
    """Return the modules of our kinds that are imported only if a village uses them, by the names of the kinds."""
    modules = {name: each.value.partition(":")[0] for name, each in installed(KINDS).items()}
    ours = f"{__package__}."
    return {
        name: each
        for name, each in modules.items()
        if each.startswith(ours) and "." in each.removeprefix(ours)
    }


@cache
def _found(name: str) -> RecordKind | BrokenEntryPoint:
    entry = installed(KINDS)[name]
    try:
        return _loaded(name, entry)
    except (Exception, SystemExit) as error:
        return BrokenEntryPoint(name, source_of(entry), f"{type(error).__name__}: {error}")


def _loaded(name: str, entry: EntryPoint) -> RecordKind:
    """Load and validate a kind. Raises TypeError or ValueError if it is invalid, or what the foreign code raises."""
    found: Any = entry.load()
    if not isinstance(found, RecordKind):
        raise TypeError(f"{entry.value} is no RecordKind")
    if found.name != name:
        raise ValueError(f"the kind is called {found.name!r}, its entry point {name!r}")
    if not is_ours(entry) and name in TAKEN:
        raise ValueError(f"{name!r} is a name of Xiangji's own")
    named = {found.key, found.title, found.note, found.group, found.order}
    named |= {found.called_off, found.about}
    named |= {*found.tallies, *found.expected, *found.sums}
    named |= CALENDAR_FIELDS if "ics" in found.exports else frozenset()
    missing = {name for name in named - {""} if not hasattr(found.record, name)}
    if missing:
        raise ValueError(f"{found.record.__name__} has no field {sorted(missing)}")
    unknown = {*found.exports} - {*EXPORTS}
    if isinstance(found.page, str) and found.page:
        unknown |= {found.page} - {*PAGES}
    if unknown:
        raise ValueError(f"no page or form of data is called {sorted(unknown)}")
    return found


def further_kinds(names: Iterable[str] | None = None) -> tuple[RecordKind, ...]:
    """Return the further kinds: those whose records lie in `FOLDER`. With `names`, as `kinds_with` returns them."""
    found = installed_kinds() if names is None else kinds_with(names)
    return tuple(kind for kind in found.kinds if kind.is_further)


def kind_named(name: str) -> RecordKind | None:
    """Return the kind with this name; None if there is none."""
    found = _found(name) if name in installed(KINDS) else None
    return found if isinstance(found, RecordKind) else None


def kind_at(address: str) -> RecordKind | None:
    """Return the kind whose list page is at this address; None if there is none."""
    named = address.removesuffix("/")
    return next((k for k in kinds_with([named]).kinds if k.page and k.address == address), None)


def kind_of(record: type[Any]) -> RecordKind | None:
    """Return the kind whose records are of this class; None if there is none."""
    return _kinds_in(record.__module__).get(record)


@cache
def _kinds_in(module: str) -> Mapping[type[Any], RecordKind]:
    """Return the kinds by their record classes, of those asleep only the one that is declared in a module.

    A class is never that of a kind that is not imported yet.
    """
    own = [name for name, each in _asleep().items() if each == module]
    return {kind.record: kind for kind in kinds_with(own).kinds}


@cache
def known_files() -> dict[str, tuple[str, ...]]:
    """Return the file names that are read in each folder; `*` stands for the folder of a record."""
    lists = tuple(f"{kind.name}{ending}" for kind in further_kinds() for ending in (".yml", ".csv"))
    return {FOLDER: lists} | {f"{FOLDER}/{k.name}/*": (f"{k.one}.yml",) for k in further_kinds()}


@cache
def kind_rules() -> Mapping[str, Rule]:
    """Return the wording of all rules that kinds define."""
    return {rule: told for kind in installed_kinds().kinds for rule, told in kind.rules.items()}
