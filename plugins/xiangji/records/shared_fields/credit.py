"""Credits: who did what for a story, a product, a picture or a page."""

from __future__ import annotations

from typing import Any

from xiangji.model.fields import ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import LINE, offered
from xiangji.model.vocabularies import CreditRole

CREDIT_ROLE = offered("credit-role", CreditRole)
"""What somebody did."""


@record("署名", "The credit")
class Credit(Record, frozen=True, kw_only=True):
    """One thing that was done, and who did it. A person is named as far as that person agreed."""

    role: str = field(
        "做什么",
        CREDIT_ROLE,
        "摄影、设计、翻译、剪辑、仓储……；没有的自己写",
        "what was done; others may be written as well",
        required=True,
        also=["角色"],
    )
    people: tuple[str, ...] = field(
        "谁", ListOf(Ref("people")), "人物的编号；本人同意写名字，才写出来", "person ids"
    )
    teams: tuple[str, ...] = field("队伍", ListOf(Ref("teams")), "哪支队做的", "team ids")
    partners: tuple[str, ...] = field(
        "伙伴", ListOf(Ref("partners")), "哪家伙伴做的", "partner ids"
    )
    bodies: tuple[str, ...] = field(
        "单位",
        ListOf(LINE),
        "不在伙伴里的单位，写全名；人写在“谁”里，不写在这里",
        "names of bodies that are no partners; people are never written here",
    )
    origin: Origin = NOWHERE

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not (self.people or self.teams or self.partners or self.bodies)


CREDITS: Any = field(
    "署名",
    ListOf(Nested(Credit)),
    "谁做了什么：摄影、设计、翻译……一样一条",
    "who did what, one entry each",
)
"""Declared by every record with credits, and read from the front matter of hand-written pages."""
