"""What a file says, before it is known what it means: scalars, lists and mappings with places.

Nobody changes a node. They are not frozen because making a frozen one takes twice as long, and a village
has one for every word in it.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji.model.location import Location


class Scalar(Struct):
    """A text, always as written: `0012` and `NO` stay what they are.

    `begins` is where its first character stands; following lines begin in the same column. It is
    None where the file's lines are not the text's: a folded or an escaped text.
    """

    text: str
    location: Location
    begins: Location | None = None

    def __eq__(self, other: object) -> bool:
        """Where a text begins does not count: a quicker reader may not say it."""
        if not isinstance(other, Scalar):
            return NotImplemented
        return (self.text, self.location) == (other.text, other.location)

    __hash__ = None  # type: ignore[assignment]


class Sequence(Struct):
    """A list."""

    items: tuple[Node, ...]
    location: Location


class Mapping(Struct):
    """Keys with values, in the order written. No key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    location: Location

    def get(self, key: str) -> Node | None:
        """The value under exactly `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping
