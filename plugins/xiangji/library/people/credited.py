"""Who is credited for what: the credits of stories, products, hand-written pages, and of the pictures that they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from xiangji.model.fields import AnyValueType, Nested, rows_to
from xiangji.model.value_types import MEDIA
from xiangji.readers.media.pictures import media_path
from xiangji.readers.site.notes import Note, pictures_in
from xiangji.records.brand import PhotoPeople
from xiangji.records.shared_fields.credit import Credit

NOTES = "notes"
"""Stands for hand-written pages where else the name of a kind stands."""


class CreditedWork(Struct, frozen=True):
    """A record or page with one of its credits: the name of its kind, its id, and whether the credit is of a picture."""

    kind: str
    key: str
    credit: Credit
    of_picture: bool = False


class CreditIndex:
    """All credits of a library, by the work and by who is credited."""

    def __init__(
        self,
        heads: Callable[[], Iterable[tuple[str, str, Any]]],
        notes: Iterable[Note],
        photos: Iterable[PhotoPeople],
    ) -> None:
        self._heads, self._notes = heads, tuple(notes)
        told = {path_of(each): each.credits for each in photos if each.credits}
        self.works = tuple(self._works(told))
        self._by_work: dict[tuple[str, str], list[CreditedWork]] = {}
        self._by_name: dict[tuple[str, str], list[CreditedWork]] = {}
        for work in self.works:
            self._by_work.setdefault((work.kind, work.key), []).append(work)
            for name in _named(work.credit):
                self._by_name.setdefault(name, []).append(work)

    def of_work(self, kind: str, key: str) -> tuple[CreditedWork, ...]:
        """The credits of a work and of the pictures that it shows."""
        return tuple(self._by_work.get((kind, key), ()))

    def of_name(self, kind: str, key: str) -> tuple[CreditedWork, ...]:
        """What a person, a team or a partner is credited for."""
        return tuple(self._by_name.get((kind, key), ()))

    def _works(self, told: Mapping[str, tuple[Credit, ...]]) -> Iterator[CreditedWork]:
        for kind, key, record in self._heads():
            for credit in getattr(record, "credits", ()):
                yield CreditedWork(kind, key, credit)
            yield from _of_pictures(kind, key, _shown(record) if told else (), told)
        for note in self._notes:
            for credit in note.credits:
                yield CreditedWork(NOTES, note.uri, credit)
            written = pictures_in(note.body, note.origin.path) if told else ()
            yield from _of_pictures(NOTES, note.uri, written, told)


def path_of(photo: PhotoPeople) -> str:
    """The path of a described picture from the village's folder."""
    return photo.picture.strip().removeprefix("./")


def _of_pictures(
    kind: str, key: str, paths: Iterable[str], told: Mapping[str, tuple[Credit, ...]]
) -> Iterator[CreditedWork]:
    for path in dict.fromkeys(paths):
        for credit in told.get(path, ()):
            yield CreditedWork(kind, key, credit, of_picture=True)


def _shown(record: Any) -> Iterator[str]:
    """The paths of the pictures that a record names, with those in its text."""
    for row in rows_to(type(record), _is_picture):
        for value in row.values(record):
            if isinstance(row.item, Nested):
                yield from _shown(value)
            else:
                yield media_path(record, value)
    body = getattr(record, "body", "")
    if body:
        yield from pictures_in(body, record.origin.path)


def _is_picture(kind: AnyValueType) -> bool:
    return kind is MEDIA


def _named(credit: Credit) -> Iterator[tuple[str, str]]:
    """Kind and id of everybody who is named in a credit."""
    for kind in ("people", "teams", "partners"):
        for key in dict.fromkeys(getattr(credit, kind)):
            yield kind, key
