"""A library without references to nothing, so that further mistakes can be found in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.kinds import refers
from xiangji.model.fields import ListOf, Nested, Reference, rows_to
from xiangji.readers.site.notes import Note
from xiangji.records.batch import Batch
from xiangji.records.lot import lot_key

T = TypeVar("T")


def settle(library: Library) -> Library:
    """The library without references to nothing.

    Pages are made from it only to find their problems too. They are never written.
    """

    def shelf(records: Mapping[str, T]) -> dict[str, T]:
        return {key: settled_record(record, library) for key, record in records.items()}

    return replace(
        library,
        brand=settled_record(library.brand, library),
        people=shelf(library.people),
        workshops=shelf(library.workshops),
        stories=shelf(library.stories),
        products=shelf(library.products),
        batches=Batches(_settled_batch(each, library) for each in library.batches.values()),
        producers=shelf(library.producers),
        places=shelf(library.places),
        sources=shelf(library.sources),
        partners=shelf(library.partners),
        shelves={name: shelf(several) for name, several in library.shelves.items()},
        notes=tuple(settled_note(each, library) for each in library.notes),
    )


def settled_note(note: Note, library: Library) -> Note:
    """A hand-written page without references to nothing in its credits."""
    if not note.credits:
        return note
    return replace(note, credits=tuple(settled_record(each, library) for each in note.credits))


def settled_record(record: T, library: Library) -> T:
    """A record, and the records nested in it, without references to nothing."""
    changes: dict[str, Any] = {}
    for row in rows_to(type(record), refers):
        value = getattr(record, row.name)
        several = isinstance(row.kind, ListOf)
        kind = row.item
        values = value if several else (value,) if value is not None else ()
        if isinstance(kind, Reference):
            known = library.shelf(kind.to)
            kept = tuple(each for each in values if each in known)
        elif isinstance(kind, Nested):
            kept = tuple(settled_record(each, library) for each in values)
        else:
            continue
        changes[row.name] = kept if several else next(iter(kept), None)
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


def _settled_batch(batch: Batch, library: Library) -> Batch:
    """A batch without inputs that do not exist."""

    def kept(inputs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in inputs if lot_key(each, batch.product) in library.batches)

    settled = settled_record(batch, library)
    events = tuple(replace(event, inputs=kept(event.inputs)) for event in settled.events)
    return replace(settled, inputs=kept(settled.inputs), events=events)
