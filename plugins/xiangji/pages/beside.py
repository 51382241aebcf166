"""Files beside the hand-written pages, under their own names: the same for every host, since none copies them itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xiangji.pages.output import Artifact
from xiangji.pages.press import Press
from xiangji.problems import problem
from xiangji.records.location import Location

_SEARCH = "search/"
"""Where a host keeps what its search reads: a file put there would speak in its place."""


def outputs(press: Press, taken: Collection[str]) -> Iterator[Artifact]:
    """The files that are ready. A photo is ordered, and comes with the pictures. What has the name of a file that is
    made (`taken`, in lower case) is left out and told."""
    for each in press.library.beside.beside:
        if each.uri.lower() in taken or each.uri.lower().startswith(_SEARCH):
            told = problem("site-file-taken", Location(each.path), value=each.path)
            press.problems.append(told)
        elif each.picture is not None:
            press.pictures.copy(each.picture, each.uri)
        else:
            yield Artifact(each.uri, each.content, each.path)
