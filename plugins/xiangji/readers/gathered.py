"""Defines `Gathered`: the content of all files of a village before references are resolved."""

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

if TYPE_CHECKING:  # Few villages have recordings, and their readers take time to import.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions
    from xiangji.readers.media.papers import Paper


class Gathered(Struct, frozen=True):
    """The content of all files of a village, in the order of their paths. References are not resolved."""

    brand: Brand | None
    people: tuple[Person, ...]
    workshops: tuple[Workshop, ...]
    stories: tuple[Story, ...]
    products: tuple[Product, ...]
    batches: Sequence[Batch]
    """Several batches may have the same lot."""
    notes: tuple[Note, ...]
    media: dict[str, Media]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[tuple[type[Any], str]] = frozenset()
    """Class and id of records that could not be read: see `Report.lost`."""
    histories: dict[str, History] = field(default_factory=dict)
    """The change history from Git of each batch with a digital label, by `product/lot`."""
    audio: dict[str, Audio] = field(default_factory=dict)
    captions: dict[str, Captions] = field(default_factory=dict)
    codes: tuple[PrintedCode, ...] = ()
    pledges: tuple[IssuedCertificate, ...] = ()
    saved: SavedRegister = field(default_factory=SavedRegister)
    beside: tuple[SiteFile, ...] = ()
    """Files below `docs_dir` that are published beside the hand-written pages."""
    papers: frozenset[str] = frozenset()
    """The names of the files in folders `certificates/` of the village and of its products."""
    proofs: tuple[Paper, ...] = ()
    """The reports and certificates that records name as files."""
    shelves: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """The records of each further kind, by the name of the kind."""
