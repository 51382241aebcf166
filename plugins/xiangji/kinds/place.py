"""Declares places that people can go to, as a list in `products/brand.yml`.

A place has a page of its own only if it has more to tell than its name.
"""

from __future__ import annotations

from xiangji.model.kind import RecordKind, Within, always
from xiangji.records.brand import Brand, Place


def tells_more(place: Place) -> bool:
    """Whether the page of a place would hold more than the name."""
    return bool(place.hours or place.telephone or place.intro or place.picture)


KIND = RecordKind(
    name="places",
    one="place",
    record=Place,
    within=Within(Brand, "places", "products/brand.yml"),
    heading="地方",
    lead="可以去的地方：在哪里，什么时候有人。",
    publishable=always,
    title="name",
    note="hours",
    group="kind",
    measure="处",
    expected=("path", "hours"),
    has_page=tells_more,
    exports=(),
)
