"""Defines the limits for what a phone has to load and show, by kind of page (`ceilings` of the design).

1 KB is 1,000 bytes here, as in the picture maker; it is the stricter of the two meanings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xiangji.kinds.installed import installed_kinds

STORY, PRODUCT, PERSON, SHEET, CATALOGUE = "story", "product", "person", "batch sheet", "catalogue"
WORKSHOP, LISTING, NOTE, POSTER = "workshop", "list", "hand-written", "poster"
RECORD, HOME = "record of a further kind", "home and about"
OWNED = (HOME, STORY, PRODUCT, PERSON, SHEET, CATALOGUE, WORKSHOP, LISTING, POSTER, RECORD)
"""Kinds of pages whose whole HTML Xiangji makes; every limit applies to each of them."""

_ENTRIES = {
    **{kind.name: RECORD for kind in installed_kinds().kinds},
    **{"village": LISTING, "stories": STORY, "products": PRODUCT, "people": PERSON},
    "workshops": WORKSHOP,
}


def kind_of(address: str) -> str:
    """Return the kind of the page at an address relative to the site (`t/laziji/2026-09A/`)."""
    parts = [part for part in address.split("/") if part]
    if address == "" or parts == ["about"]:
        return HOME
    if not address.endswith("/") or not parts:
        return NOTE
    if parts[-1] == "poster" and len(parts) > 2:
        return POSTER
    if parts[0] == "shop":
        return CATALOGUE
    if parts[0] in ("search", "recalls", "thanks", "parties", "impact", "data"):
        return LISTING
    if "-" in parts[1:]:  # A continued list (second or later page).
        return LISTING
    if parts[0] == "c":  # A printed code that is not bound to a batch yet.
        return SHEET
    if parts[0] == "t" or (parts[0] == "01" and len(parts) > 2):
        return SHEET if len(parts) > 2 else LISTING
    if parts[0] in _ENTRIES:
        return LISTING if len(parts) == 1 else _ENTRIES[parts[0]]
    return NOTE


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that is measured, and the upper or lower limit that it has to keep.

    `limit` is None for a number that is only shown. `limits` has other limits for some kinds of pages.
    """

    key: str
    title: str
    unit: str = ""
    limit: float | None = None
    floor: bool = False
    limits: dict[str, float] = field(default_factory=dict)
    digits: int = 0
    everywhere: bool = False
    """Whether it also applies to pages that a host makes."""

    def limit_for(self, kind: str) -> float | None:
        """Return the limit for a kind of page; None if there is none."""
        bound = self.everywhere or kind in OWNED
        return self.limits.get(kind, self.limit) if bound else None

    def keeps(self, kind: str, value: float) -> bool:
        """Whether a page of this kind may have this value."""
        limit = self.limit_for(kind)
        if limit is None:
            return True
        return value >= limit if self.floor else value <= limit

    def worse(self, one: float, other: float) -> bool:
        """Whether `one` is worse than `other`."""
        return one < other if self.floor else one > other


def _kilobytes(key: str, title: str, limit: float, **limits: float) -> Measure:
    by_kind = {name.replace("_", " "): value for name, value in limits.items()}
    return Measure(key, title, "KB", limit, limits=by_kind, digits=1)


MEASURES = (
    _kilobytes("html", "HTML with its CSS, gzip", 13),
    _kilobytes("text", "all but pictures, gzip", 14),
    _kilobytes("script", "script, gzip", 4, batch_sheet=0),
    _kilobytes("first", "first view, all bytes", 56, batch_sheet=14, poster=195),
    _kilobytes("photo", "largest photo", 42, poster=180),
    _kilobytes("card", "largest card picture", 7.5),
    Measure("unsized", "pictures without width and height", limit=0),
    Measure("hasty", "pictures after the first that are not lazy", limit=0),
    Measure("requests", "requests for the first view"),
    Measure("hosts", "other hosts asked", limit=0, everywhere=True),
    Measure("fcp", "FCP, slow 4G", "s", 0.8, digits=2),
    Measure("lcp", "LCP, slow 4G", "s", 1.1, limits={POSTER: 2.0}, digits=2),
    Measure("cls", "CLS, slow 4G", "", 0.01, digits=3),
    Measure("weak_fcp", "FCP, weak", "s", digits=2),
    Measure("weak_lcp", "LCP, weak", "s", digits=2),
    Measure("small", "smallest text", "px", 18, floor=True, digits=1),
    Measure("price", "smallest price", "px", 30, floor=True, digits=1),
    Measure("target", "smallest target", "px", 44, floor=True, digits=1),
    Measure("main", "smallest main target", "px", 60, floor=True, digits=1),
    Measure("sideways", "sideways scroll at 320 px", "px", 0, everywhere=True),
    Measure("cut", "texts cut or covered at ×1.67", "", 0),
    Measure("cut_320", "the same at 320 px", "", 0),
    Measure("kept", "text without script", "%", 99, floor=True, digits=1),
    Measure("floating", "floating windows, autoplay", "", 0),
    Measure("axe", "axe violations, day and night", "", 0, everywhere=True),
    Measure("lh_access", "Lighthouse accessibility", "", 100, floor=True),
    Measure("lh_practice", "Lighthouse best practices", "", 100, floor=True),
    Measure("lh_seo", "Lighthouse SEO", "", 100, floor=True),
)
MEASURE = {each.key: each for each in MEASURES}
