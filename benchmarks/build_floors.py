"""Defines the performance limits of Xiangji as ratios within one run, so that they hardly depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from build_cases import TITLES, Built
from build_commands import COMMANDS, IMPORTED, MEASURE, Commands
from build_edits import Edited
from build_growth import GROWING, Grown
from spending import Spent

OURS, BARE, CODES, ADAPTER = "xiangji", "xiangji-bare", "hugo-codes", "hugo-adapter"


@dataclass
class Measured:
    """All measurements of one run."""

    built: dict[str, Built] = field(default_factory=dict)
    """By the key of the village's size."""
    edited: dict[int, Edited] = field(default_factory=dict)
    """By the number of batches."""
    commands: Commands | None = None
    grown: dict[str, Grown] = field(default_factory=dict)
    """By the key of what grew."""

    def of(self, size: str, key: str, case: str) -> Spent | None:
        built = self.built.get(size)
        return built.of(key, case) if built else None


@dataclass(frozen=True, slots=True)
class Floor:
    """A ratio that must not exceed `limit`; `reached` is None where it was not measured.

    `bare` and `adapter` have no limit: the ratio without a host, and the ratio to Hugo with a content adapter.
    """

    title: str
    limit: float
    reached: float | None
    bare: float | None = None
    adapter: float | None = None

    @property
    def kept(self) -> bool | None:
        return None if self.reached is None else self.reached <= self.limit


@dataclass(frozen=True, slots=True)
class _Build:
    """One limit of a build: in which village, for which case, for which measure."""

    batches: int
    case: str
    limit: float
    measure: str = "cpu"
    kind: str = "plain"


_BUILDS = (
    _Build(20, "cold", 2.5),
    _Build(20, "batch", 2.0),
    _Build(100, "cold", 2.0),
    _Build(100, "batch", 1.5),
    _Build(1_000, "cold", 1.5),
    _Build(1_000, "cold", 1.7, kind="quoted"),
    _Build(1_000, "batch", 0.7),
    _Build(10_000, "cold", 1.0),
    _Build(10_000, "cold", 1.0, "wall"),
    _Build(10_000, "cold", 0.6, "memory"),
    _Build(10_000, "again", 0.25),
    _Build(10_000, "batch", 0.35),
)
_NAMES = {"cpu": "CPU", "wall": "wall", "memory": "memory"}
_EDITED = (20, 100, 1_000)
_COMMANDS = {"check": 2.0, "help": 0.5, "serve": 2.0}
_GROWTH = 1.2


def floors(run: Measured) -> Iterator[Floor]:
    """Yield all limits, measured or not."""
    for each in _BUILDS:
        yield _build(run, each)
    for batches in _EDITED:
        yield from _edits(run.edited.get(batches), batches)
    for name, limit in _COMMANDS.items():
        title = f'{COMMANDS[name]}: CPU, × `python -c "{IMPORTED}"`'
        ours, theirs = (run.commands and run.commands.cpu(each) for each in (name, MEASURE))
        yield Floor(title, limit, _ratio(ours, theirs))
    for growing in GROWING:
        few, many = growing.tenth, growing.many
        title = f"{many:,} {growing.title}: CPU of each beyond a village with none, × with {few:,}"
        grown = run.grown.get(growing.key)
        yield Floor(title, _GROWTH, grown and grown.steep)


def _build(run: Measured, each: _Build) -> Floor:
    measure = attrgetter(each.measure)
    found = {
        key: spent and float(measure(spent))
        for key in (OURS, BARE, CODES, ADAPTER)
        for spent in [run.of(f"{each.batches}-{each.kind}", key, each.case)]
    }
    quoted = ", every value quoted" if each.kind == "quoted" else ""
    title = f"{each.batches:,} batches{quoted}, {TITLES[each.case]}: {_NAMES[each.measure]}"
    return Floor(
        f"{title}, × Hugo",
        each.limit,
        _ratio(found[OURS], found[CODES]),
        _ratio(found[BARE], found[CODES]),
        _ratio(found[OURS], found[ADAPTER]),
    )


def _edits(edited: Edited | None, batches: int) -> Iterator[Floor]:
    for measure, name in (("wall", "time"), ("cpu", "CPU")):
        found = {
            key: shown and getattr(shown, measure)
            for key in (OURS, BARE, CODES, ADAPTER)
            for shown in [edited.of(key, "batch") if edited else None]
        }
        title = f"{batches:,} batches, from an edit of one to its page: {name}, × `hugo server`"
        ours, theirs = _ratio(found[OURS], found[CODES]), _ratio(found[BARE], found[CODES])
        yield Floor(title, 1.0, ours, theirs, _ratio(found[OURS], found[ADAPTER]))


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None
