"""Problems for outside addresses whose pages are gone, have moved, or gave no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from xiangji.linkcheck.addresses import WrittenAddress
from xiangji.linkcheck.answers import PageAnswer, PageState, ask_all
from xiangji.problems import Problem, in_order, problem


class Offline(Exception):
    """No server answered, so nothing can be said about any page."""


def problems_of(
    written: Iterable[WrittenAddress], told: Callable[[int, int], None]
) -> tuple[Problem, ...]:
    """Ask for every page and return what is wrong. Raises `Offline`."""
    places = {each.address: each for each in written}
    answers = ask_all(places, told)
    if answers and not any(each.reached for each in answers.values()):
        raise Offline  # A name that nobody knows is told apart from a missing network by the other servers alone.
    return in_order(_problems(places, answers))


def _problems(
    places: Mapping[str, WrittenAddress], answers: Mapping[str, PageAnswer]
) -> Iterator[Problem]:
    for address, answer in answers.items():
        place = places[address].location
        match answer.state:
            case PageState.GONE:
                yield problem(
                    "link-gone", place, value=address, why=answer.why, why_en=answer.why_en
                )
            case PageState.MOVED:
                yield problem("link-moved", place, value=address, to=answer.to)
            case PageState.UNKNOWN:
                yield problem(
                    "link-unanswered", place, value=address, why=answer.why, why_en=answer.why_en
                )
