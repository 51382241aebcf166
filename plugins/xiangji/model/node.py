"""The syntax tree of a source file: scalars, lists and mappings with locations.

Nodes must not be changed. They are not frozen, because a frozen struct takes twice as long to make, and a village has
a node for every value in its files.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji.model.location import Location


class Scalar(Struct):
    """A text, always as written: `0012` and `NO` stay as they are.

    `begins` is the location of its first character; following lines begin in the same column. It is None if the lines
    of the text are not lines of the file, as in a folded or escaped text.
    """

    text: str
    location: Location
    begins: Location | None = None

    def __eq__(self, other: object) -> bool:
        """`begins` is not compared, because a faster reader may leave it out."""
        if not isinstance(other, Scalar):
            return NotImplemented
        return (self.text, self.location) == (other.text, other.location)

    __hash__ = None  # type: ignore[assignment]


class Sequence(Struct):
    """A list."""

    items: tuple[Node, ...]
    location: Location


class Mapping(Struct):
    """Keys with values, in the order written. Keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    location: Location

    def get(self, key: str) -> Node | None:
        """The value under exactly `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping
