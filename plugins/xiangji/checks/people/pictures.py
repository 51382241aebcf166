"""Checks who is in the pictures, and tells which are not shown since somebody in them did not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xiangji.disclosure import disclosed
from xiangji.library import Library
from xiangji.model.location import Location, within
from xiangji.model.vocabularies import ConsentUse
from xiangji.permission.pictures import (
    NamedPicture,
    is_unseen,
    named_pictures,
    people_by_digest,
    unseen_pictures,
    written_pictures,
)
from xiangji.problems import Problem, problem
from xiangji.readers.media.pictures import Media
from xiangji.readers.site.notes import Note
from xiangji.records.story import Story


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report pictures that are not shown, those that may not stand in a text, and how many say nothing of people."""
    named = list(named_pictures(library))
    yield from _unknown(library)
    unseen = unseen_pictures(library, today)
    if unseen:
        people = people_by_digest(library)
        for each in named:
            if is_unseen(each.media, unseen) and not each.portrait:
                yield _withheld("picture-withheld", each.place, library, people, each.media, today)
        for path, media, text in written_pictures(library):
            if is_unseen(media, unseen):
                place = _place(text, path)
                yield _withheld("picture-withheld-text", place, library, people, media, today)
    yield from _unsaid(library, named, today)


def _withheld(
    rule: str,
    place: Location,
    library: Library,
    people: dict[str, dict[str, None]],
    media: Media,
    today: date,
) -> Problem:
    """The problem, with the first person in the picture who did not agree."""
    for key in people[media.digest]:
        person = library.people.get(key)
        if person is None:
            continue
        if not person.agrees(ConsentUse.PORTRAIT, today):
            state = person.state(ConsentUse.PORTRAIT, today)
            who = {"who": person.alias or person.name}
            return problem(rule, place, **who, state=state, state_en=state.key.replace("_", " "))
    return problem(rule, place, who="没有写进名单的人", state="没有问过", state_en="not asked")


def _place(text: Story | Note, path: str) -> Location:
    """The location of a picture in a text, by the name of its file."""
    line = text.body_line if isinstance(text, Story) else text.origin.location.line
    start = Location(text.origin.path, line)
    return within(start, text.body, max(0, text.body.find(path.rpartition("/")[2])))


def _unknown(library: Library) -> Iterator[Problem]:
    for photo in library.brand.photos:
        if photo.picture.strip().removeprefix("./") not in library.media:
            place = photo.origin.of("picture")
            yield problem("picture-people-unknown", place, value=photo.picture)


def _unsaid(library: Library, named: Iterable[NamedPicture], today: date) -> Iterator[Problem]:
    """One hint for all photos that are shown and say nothing of people. Drawings are left out."""
    said = {each.media.digest for each in named if each.said}
    first: dict[str, Location] = {}
    if all(media.is_drawing for media in library.media.values()):
        return
    shown = disclosed(library, today).media
    for each in named:
        media = each.media
        if each.asks and not each.said and not media.is_drawing and media.path in shown:
            first.setdefault(media.digest, each.place)
    for path, media, text in written_pictures(library):
        if not media.is_drawing and path in shown:
            first.setdefault(media.digest, _place(text, path))
    open_ones = [place for digest, place in first.items() if digest not in said]
    if open_ones:
        yield problem("picture-people-unsaid", open_ones[0], count=len(open_ones))
