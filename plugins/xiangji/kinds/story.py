"""Declares stories: edited texts, each in a folder of `stories/` with the workshop that it came from."""

from __future__ import annotations

from datetime import date

from xiangji.model.kind import RecordFile, RecordKind
from xiangji.model.vocabularies import Visibility
from xiangji.records.story import Story


def is_finished(story: Story, today: date) -> bool:
    """Whether a story may be published: it is no draft and its visibility is public."""
    return story.visibility is Visibility.PUBLIC and not story.draft


KIND = RecordKind(
    name="stories",
    one="story",
    record=Story,
    files=(RecordFile("story", ("stories/*/story",), ("id",), ending="md"),),
    family="stories",
    heading="故事",
    lead="村里人讲的，写成了文章。",
    publishable=is_finished,
    note="subtitle",
    measure="篇",
    exports=(),
)
