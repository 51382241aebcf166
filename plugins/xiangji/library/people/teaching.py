"""Who taught whom: either of the two may say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xiangji.records.person import Person


class TeachingIndex:
    """The teachers and pupils of each person, from what both wrote."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._teachers: dict[str, dict[str, None]] = {}
        self._pupils: dict[str, dict[str, None]] = {}
        for key, person in people.items():
            for teacher in person.taught_by:
                self._add(teacher, key)
            for pupil in person.taught:
                self._add(key, pupil)

    def _add(self, teacher: str, pupil: str) -> None:
        self._teachers.setdefault(pupil, {})[teacher] = None
        self._pupils.setdefault(teacher, {})[pupil] = None

    def teachers_of(self, key: str) -> tuple[str, ...]:
        """The ids of those who taught a person."""
        return tuple(self._teachers.get(key, ()))

    def pupils_of(self, key: str) -> tuple[str, ...]:
        """The ids of those whom a person taught."""
        return tuple(self._pupils.get(key, ()))

    def circles(self) -> Iterator[tuple[str, ...]]:
        """Each chain of pupils that leads back to its first teacher, once. Each of its people stands in it once."""
        done: set[str] = set()
        for start in self._pupils:
            path: list[str] = []
            waiting = [(start, 0)]
            while waiting:
                key, depth = waiting.pop()
                del path[depth:]
                if key in path:
                    yield tuple(path[path.index(key) :])
                elif key not in done:
                    path.append(key)
                    done.add(key)
                    waiting += [(pupil, depth + 1) for pupil in reversed(self.pupils_of(key))]
