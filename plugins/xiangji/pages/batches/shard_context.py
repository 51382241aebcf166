"""Makes the render context for shards. Its library has no story texts, so that editing a story remakes no sheet."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from xiangji.library import Library
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.render.dependencies import Answers


def for_shards(library: Library) -> Library:
    """Return the library that shards see: without the texts of stories, and without the files of reports."""
    return replace(library, stories=without_texts(library.stories), proofs=())


def without_texts(stories: Mapping[str, Story]) -> dict[str, Story]:
    """Return the stories with all fields, but with an empty text."""
    return {key: replace(each, body="", body_line=1) for key, each in stories.items()}


def shard_press(context: RenderContext) -> RenderContext:
    """Return the render context for shards. It logs every question that a shard asks."""
    return context.asking(for_shards(context.library))


def answers_for(context: RenderContext) -> Answers:
    """Return an object that answers the questions of shards by the present library and settings.

    It raises ValueError for an unknown kind of question.
    """
    issued = context.issued

    def more(name: str, key: str) -> object:
        if name != "issued":
            raise ValueError(name)
        return issued.get(key, ())

    return Answers(for_shards(context.library), context.settings, more)
