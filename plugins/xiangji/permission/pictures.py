"""Who is in which picture, by the digest of its bytes: a copy under another name shows the same people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from xiangji.library import Library
from xiangji.model.fields import AnyValueType, Nested, rows_to
from xiangji.model.location import Location
from xiangji.model.value_types import MEDIA
from xiangji.model.vocabularies import ADVERTISING_MEDIA, PAGE_MEDIA, ConsentMedium, ConsentUse
from xiangji.readers.media.pictures import Media, media_path
from xiangji.readers.site.notes import Note, pictures_in
from xiangji.records.brand import Brand
from xiangji.records.person import Person
from xiangji.records.story import Story

_ORNAMENTS = frozenset({"motif", "border", "favicon"})
"""Fields of drawings in which nobody is."""

SHOWN_IN = (*PAGE_MEDIA, *ADVERTISING_MEDIA)


class NamedPicture(Struct, frozen=True):
    """A picture that a record names: where, who is in it, and whether the record says so.

    `asks` is false for ornaments and contact codes, where nobody is expected.
    """

    media: Media
    place: Location
    people: tuple[str, ...]
    said: bool
    asks: bool = True
    portrait: bool = False


def named_pictures(library: Library) -> Iterator[NamedPicture]:
    """Every picture that a record names, once for each place that names it."""
    for record in library.heads():
        yield from _of_record(library, record)
    for photo in library.brand.photos:
        media = library.media.get(photo.picture.strip().removeprefix("./"))
        if media is not None:
            said = photo.origin.wrote("pictured")
            place = photo.origin.of("picture")
            yield NamedPicture(media, place, photo.pictured, said)


def _of_record(library: Library, record: Any) -> Iterator[NamedPicture]:
    for row in rows_to(type(record), _is_picture):
        for value in row.values(record):
            if isinstance(row.item, Nested):
                yield from _of_record(library, value)
                continue
            media = library.media.get(media_path(record, value))
            if media is not None:
                yield _named(record, row.name, media)


def _named(record: Any, field: str, media: Media) -> NamedPicture:
    people = tuple(getattr(record, "pictured", ()))
    ornament = field in _ORNAMENTS and isinstance(record, Brand)
    place = record.origin.of(field)
    if isinstance(record, Person):
        return NamedPicture(media, place, (record.id, *people), True, portrait=True)
    said = ornament or record.origin.wrote("pictured")
    asks = not ornament and hasattr(record, "pictured")
    return NamedPicture(media, place, () if ornament else people, said, asks)


def _is_picture(kind: AnyValueType) -> bool:
    return kind is MEDIA


def written_pictures(library: Library) -> Iterator[tuple[str, Media, Story | Note]]:
    """The pictures in Markdown texts of stories and hand-written pages, each with its text's record."""
    texts: list[Story | Note] = [*library.stories.values(), *library.notes]
    for each in texts:
        for path in dict.fromkeys(pictures_in(each.body, each.origin.path)):
            if path in library.media:
                yield path, library.media[path], each


def people_by_digest(library: Library) -> dict[str, dict[str, None]]:
    """The ids of the people in each picture, by the digest of its bytes, of drawings with that of their bitmaps."""
    found: dict[str, dict[str, None]] = {}
    for each in named_pictures(library):
        for digest in digests(each.media) if each.people else ():
            found.setdefault(digest, {}).update(dict.fromkeys(each.people))
    return found


def digests(media: Media) -> tuple[str, ...]:
    """The digest of a picture, and of the bitmap beside a drawing."""
    return (media.digest, media.twin.digest) if media.twin else (media.digest,)


def unseen_pictures(library: Library, today: date) -> dict[str, frozenset[ConsentMedium]]:
    """The media in which each picture may not be shown, by digest: those to which somebody in it did not agree."""
    known: dict[str, frozenset[ConsentMedium]] = {}

    def kept_from(key: str) -> frozenset[ConsentMedium]:
        if key not in known:
            known[key] = _kept_from(library.people.get(key), today)
        return known[key]

    found = {}
    for digest, people in people_by_digest(library).items():
        if kept := frozenset[ConsentMedium]().union(*map(kept_from, people)):
            found[digest] = kept
    return found


def _kept_from(person: Person | None, today: date) -> frozenset[ConsentMedium]:
    """The media in which a person may not be seen. Somebody unknown has agreed to nothing."""
    if person is None:
        return frozenset(SHOWN_IN)
    uses = ConsentUse.PORTRAIT
    return frozenset(each for each in SHOWN_IN if not person.agrees(uses, today, each))


def is_unseen(media: Media, unseen: Mapping[str, frozenset[ConsentMedium]]) -> bool:
    """Whether no page may show a picture."""
    return ConsentMedium.PAGE in unseen.get(media.digest, frozenset())
