"""The press that shards are made with: it knows the village without the texts of stories, so that whoever writes on
at one makes no sheet anew."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from xiangji.library import Library
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.render.dependencies import Answers


def for_shards(library: Library) -> Library:
    """A library as a shard knows it."""
    return replace(library, stories=without_texts(library.stories))


def without_texts(stories: Mapping[str, Story]) -> dict[str, Story]:
    """All that was written about each story, and not its text."""
    return {key: replace(each, body="", body_line=1) for key, each in stories.items()}


def shard_press(context: RenderContext) -> RenderContext:
    """The press that shards are made with; it notes what is asked for each."""
    return context.asking(for_shards(context.library))


def answers_for(context: RenderContext) -> Answers:
    """What a press says now of the questions that were asked for shards."""
    issued = context.issued

    def more(name: str, key: str) -> object:
        if name != "issued":
            raise ValueError(name)
        return issued.get(key, ())

    return Answers(for_shards(context.library), context.settings, more)
