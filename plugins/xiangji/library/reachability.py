"""Reachability in the graph of lots, computed for all lots in one pass over the links.

A chain of a thousand lots, in which each uses the one before, has half a million connected pairs. So nothing here is
computed per pair: results are either limited in number or sums, and are passed on from lot to lot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Ways = Mapping[str, Sequence[str]]
"""A directed graph: the keys to which each key leads. A key without links may be missing."""

_KEYS_PER_PASS = 4096
"""Lots that are counted in one pass, one bit each: half a kilobyte per key."""


def groups(ways: Ways) -> list[tuple[str, ...]]:
    """The strongly connected components of the graph, each after those that it leads to.

    A component is a single key, or several keys on cycles. This is Tarjan's algorithm without recursion.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: dict[str, None] = {}
    found: list[tuple[str, ...]] = []
    for start in ways:
        if start in number:
            continue
        path: list[tuple[str, Iterator[str]]] = []
        _enter(start, ways, number, lowest, waiting, path)
        while path:
            key, further = path[-1]
            far = next(further, None)
            if far is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[key])
                if lowest[key] == number[key]:
                    found.append(_component(key, waiting))
            elif far not in number:
                _enter(far, ways, number, lowest, waiting, path)
            elif far in waiting:
                lowest[key] = min(lowest[key], number[far])
    return found


def _enter(
    key: str,
    ways: Ways,
    number: dict[str, int],
    lowest: dict[str, int],
    waiting: dict[str, None],
    path: list[tuple[str, Iterator[str]]],
) -> None:
    number[key] = lowest[key] = len(number)
    waiting[key] = None
    path.append((key, iter(ways.get(key, ()))))


def _component(key: str, waiting: dict[str, None]) -> tuple[str, ...]:
    """Remove one component from the stack: the keys down to `key`, which mostly stands alone."""
    taken: list[str] = []
    while not taken or taken[-1] != key:
        taken.append(waiting.popitem()[0])
    return tuple(reversed(taken))


def rounds(ways: Ways, grouped: Iterable[tuple[str, ...]]) -> dict[str, tuple[list[str], int]]:
    """For each key on a cycle: a cycle that contains it, and its index there. Keys on one cycle share the list."""
    found: dict[str, tuple[list[str], int]] = {}
    for group in grouped:
        within = frozenset(group)
        for key in group:
            if key not in found and (len(group) > 1 or key in ways.get(key, ())):
                way = _shortest_cycle(key, ways, within)
                for at, each in enumerate(way):
                    found.setdefault(each, (way, at))
    return found


def _shortest_cycle(start: str, ways: Ways, within: Collection[str]) -> list[str]:
    """The shortest cycle through a key within its component, without repeating the key at the end."""
    before: dict[str, str] = {}
    row = [start]
    while start not in before:
        further = [(far, near) for near in row for far in ways.get(near, ()) if far in within]
        row = [far for far, near in further if before.setdefault(far, near) == near]
    way = [before[start]]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def joined(
    ways: Ways, grouped: Iterable[tuple[str, ...]], own: Mapping[str, int]
) -> dict[str, int]:
    """For each key the bits of its own, joined with those of all keys that it leads to."""
    found: dict[str, int] = {}
    for group in grouped:
        bits = 0
        for key in group:
            bits |= own.get(key, 0)
            for far in ways.get(key, ()):
                bits |= found.get(far, 0)
        for key in group:
            found[key] = bits
    return found


def counts(
    ways: Ways, grouped: Sequence[tuple[str, ...]], counted: Iterable[str]
) -> dict[str, int]:
    """The number of `counted` keys to which each key leads, without itself."""
    keys = list(dict.fromkeys(counted))
    found: dict[str, int] = {}
    for start in range(0, len(keys), _KEYS_PER_PASS):
        own = {key: 1 << at for at, key in enumerate(keys[start : start + _KEYS_PER_PASS])}
        for key, bits in joined(ways, grouped, own).items():
            found[key] = found.get(key, 0) + (bits & ~own.get(key, 0)).bit_count()
    return found


def nearest(ways: Ways, back: Ways, wanted: Iterable[str], most: int) -> dict[str, tuple[str, ...]]:
    """For each key, the `most` nearest of the `wanted` keys that it leads to, in breadth-first order.

    `back` is the graph with all links reversed. Keys that lead to none are missing.
    """
    # One more than asked for is kept: on a cycle, one of the keys that a neighbour passes on may be the key itself.
    room = most + 1
    found: dict[str, dict[str, None]] = {}
    new: dict[str, list[str]] = {key: [key] for key in wanted}
    while new:
        coming: dict[str, list[str]] = {}
        for key in dict.fromkeys(near for far in new for near in back.get(far, ())):
            known = found.setdefault(key, {})
            if len(known) >= room:
                continue
            further = (each for far in ways.get(key, ()) for each in new.get(far, ()))
            fresh = dict.fromkeys(each for each in further if each != key and each not in known)
            kept = list(fresh)[: room - len(known)]
            if kept:
                known.update(dict.fromkeys(kept))
                coming[key] = kept
        new = coming
    return {key: tuple(known)[:most] for key, known in found.items() if known}
