"""Which pages are looked at: all, but of the lists by word of a kind one, since they differ in their entries alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def one_list_each(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses without all but the first list by word (`videos/-/platform/douyin/`) of each kind."""
    seen: set[str] = set()
    for address in addresses:
        kind, by_word, _ = address.partition("/-/")
        if by_word and kind in seen:
            continue
        if by_word:
            seen.add(kind)
        yield address
