"""The batches of a village, by key and by product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView

from xiangji.records.batch import Batch
from xiangji.records.lot import is_linked, keeps_back


class Batches(Mapping[str, Batch]):
    """Batches by `product/lot`, grouped by product, in the order of the source files.

    If two have the same key, the later one counts.
    """

    def __init__(self, batches: Iterable[Batch] = ()) -> None:
        found: dict[str, list[Batch]] = {}
        for each in batches:
            found.setdefault(each.product, []).append(each)
        self._of = {product: tuple(some) for product, some in found.items()}
        self._by_key = {each.key: each for some in self._of.values() for each in some}

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Batch:
        return self._by_key[key]

    def values(self) -> ValuesView[Batch]:
        """The batches, one product after another."""
        return self._by_key.values()

    @property
    def products(self) -> Iterable[str]:
        """The products that have batches."""
        return self._of.keys()

    def of(self, product: str) -> tuple[Batch, ...]:
        """The batches of a product."""
        return self._of.get(product, ())

    def linked(self) -> Iterator[Batch]:
        """The batches into which a lot went, or may have gone (see `records.lot.is_linked`)."""
        return filter(is_linked, self._by_key.values())

    def through(
        self, change: Callable[[Batch], Batch], only: Callable[[Batch], object] = keeps_back
    ) -> Batches:
        """The same batches, with `change` applied to those for which `only` is true."""
        every = self._by_key.values()
        return Batches(change(each) if only(each) else each for each in every)

    def __repr__(self) -> str:
        return f"Batches({self._by_key!r})"
