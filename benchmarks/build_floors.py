"""What Xiangji is held to: ratios within one run, so that the machine does not matter much."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from build_cases import Built
from build_edits import Edited
from spending import Spent

OURS, PLAIN, CODES = "xiangji", "hugo", "hugo-codes"


@dataclass
class Measured:
    """Everything that one run has measured."""

    built: dict[int, Built]
    """By number of batches."""
    edited: dict[str, Edited]
    """By title: `demo`, or the number of batches."""
    check: Spent | None
    """`xiangji check` on the demo, where nothing changed since the last one."""
    imported: Spent | None
    """`python -c "import mkdocs"`."""

    def of(self, batches: int, key: str, case: str) -> Spent | None:
        built = self.built.get(batches)
        return built.of(key, case) if built else None

    def edit(self, title: str, key: str, kind: str) -> float | None:
        edited = self.edited.get(title)
        return edited.of(key, kind) if edited else None


@dataclass(frozen=True, slots=True)
class Floor:
    """A ratio that may not be larger than `limit`; None where it was not measured."""

    title: str
    limit: float
    reached: float | None

    @property
    def kept(self) -> bool | None:
        return None if self.reached is None else self.reached <= self.limit


def floors(run: Measured) -> Iterator[Floor]:
    """All of them, measured or not."""
    for title, limit, batches, case, other, measure in _BUILDS:
        ours, theirs = run.of(batches, OURS, case), run.of(batches, other, case)
        yield Floor(title, limit, _ratio(ours and measure(ours), theirs and measure(theirs)))
    yield from _edits(run)
    yield from _growth(run)
    check, imported = run.check, run.imported
    title = '`xiangji check` on the demo, nothing changed since the last one, wall, × `python -c "import mkdocs"`'
    yield Floor(title, 2, _ratio(check and check.wall, imported and imported.wall))


def _edits(run: Measured) -> Iterator[Floor]:
    for place in ("demo", "1,000"):
        title = f"from an edit of a batch to the page, {place}, × `hugo server`"
        mine, theirs = run.edit(place, OURS, "batch"), run.edit(place, PLAIN, "batch")
        yield Floor(title, 1, _ratio(mine, theirs))


def _growth(run: Measured) -> Iterator[Floor]:
    few, many = run.of(10_000, OURS, "cold"), run.of(100_000, OURS, "cold")
    title = "100,000 batches: memory, × Xiangji with 10,000"
    yield Floor(title, 2, _ratio(many and many.memory, few and few.memory))
    title = "100,000 batches, cold: CPU per batch, × Xiangji with 10,000"
    each = many and many.cpu / 10
    yield Floor(title, 1.1, _ratio(each, few and few.cpu))


def _cpu(spent: Spent) -> float:
    return spent.cpu


def _wall(spent: Spent) -> float:
    return spent.wall


def _memory(spent: Spent) -> float:
    return spent.memory


_BUILDS: tuple[tuple[str, float, int, str, str, Callable[[Spent], float]], ...] = (
    ("1,000 batches, cold: CPU, × Hugo with codes", 1.5, 1_000, "cold", CODES, _cpu),
    ("10,000 batches, cold: CPU, × Hugo with codes", 1.0, 10_000, "cold", CODES, _cpu),
    ("10,000 batches, cold: wall, × Hugo with codes", 0.8, 10_000, "cold", CODES, _wall),
    ("10,000 batches, nothing changed: CPU, × Hugo", 0.25, 10_000, "again", PLAIN, _cpu),
    ("10,000 batches, one changed: CPU, × Hugo", 0.3, 10_000, "batch", PLAIN, _cpu),
    ("10,000 batches, cold: memory, × Hugo", 0.5, 10_000, "cold", PLAIN, _memory),
)


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours and theirs else None
