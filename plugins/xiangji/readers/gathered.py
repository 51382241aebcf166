"""What the files of a village say, before anything of it is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from xiangji.problems import Problem
from xiangji.readers.media.pictures import Media
from xiangji.readers.site.notes import Note
from xiangji.readers.site.site_files import SiteFile
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode, SavedRegister
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.history import History
from xiangji.records.person import Person
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop

if TYPE_CHECKING:  # Few villages have recordings, and what reads them takes time to load.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions


class Gathered(Struct, frozen=True):
    """Everything a village's files say, in the order of their paths; nothing resolved yet."""

    brand: Brand | None
    people: tuple[Person, ...]
    workshops: tuple[Workshop, ...]
    stories: tuple[Story, ...]
    products: tuple[Product, ...]
    batches: Sequence[Batch]
    """Two may have the same lot."""
    notes: tuple[Note, ...]
    media: dict[str, Media]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[tuple[type[Any], str]] = frozenset()
    """What was written and could not be read: see `Report.lost`."""
    histories: dict[str, History] = field(default_factory=dict)
    """What Git tells of each batch of a digital label, by `product/lot`."""
    audio: dict[str, Audio] = field(default_factory=dict)
    captions: dict[str, Captions] = field(default_factory=dict)
    codes: tuple[PrintedCode, ...] = ()
    pledges: tuple[IssuedCertificate, ...] = ()
    saved: SavedRegister = field(default_factory=SavedRegister)
    beside: tuple[SiteFile, ...] = ()
    """Files that are published beside the hand-written pages."""
    shelves: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """The records of each further kind, by its name."""
