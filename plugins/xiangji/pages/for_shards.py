"""The press that shards are made with: it knows the village without the texts of stories, so that whoever writes on
at one makes no sheet anew."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from xiangji.asked import Answers
from xiangji.library import Library
from xiangji.pages.press import Press
from xiangji.records.story import Story


def for_shards(library: Library) -> Library:
    """A library as a shard knows it."""
    return replace(library, stories=without_texts(library.stories))


def without_texts(stories: Mapping[str, Story]) -> dict[str, Story]:
    """All that was written about each story, and not its text."""
    return {key: replace(each, body="", body_line=1) for key, each in stories.items()}


def shard_press(press: Press) -> Press:
    """The press that shards are made with; it notes what is asked for each."""
    return press.asking(for_shards(press.library))


def answers_for(press: Press) -> Answers:
    """What a press says now of the questions that were asked for shards."""
    issued = press.issued

    def more(name: str, key: str) -> object:
        if name != "issued":
            raise ValueError(name)
        return issued.get(key, ())

    return Answers(for_shards(press.library), press.settings, more)
