"""Declares 荣誉 (titles and prizes that others gave): `village/honours.yml`.

An honour is evidence with issuer, years and document, never a bare badge, and history once its years are over (`seeds.md` 1.1, 4.1, 4.10).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from xiangji.model.fields import Holds, ListOf, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    SOURCES,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import LINE, MEDIA, PROSE, WEB, YEAR
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.shared_fields.excerpt import GIVEN


@record("荣誉", "The honour")
class Honour(Record, frozen=True, kw_only=True):
    """One honour: what it is called, who gave it, for which years, and by which document."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "照文件写", "its name, as in the document", required=True, also=["标题"]
    )
    issuer: str = field(
        "谁评的", LINE, "哪个单位", "who gave it", required=True, unchecked=GIVEN, also=["颁发单位"]
    )
    since: int | None = field("哪年起", YEAR, "第一年", "its first year")
    until: int | None = field("到哪年", YEAR, "最后一年；还算数就不写", "its last year, if over")
    document: str | None = field(
        "文件", LINE, "文号、证书号或文件名", "its document or number", holds=Holds.NUMBER
    )
    url: str | None = field("网址", WEB, "公布它的网页", "where it was published")
    producers: tuple[str, ...] = field(
        "生产者", ListOf(Ref("producers")), "给哪家的", "producer ids"
    )
    people: tuple[str, ...] = field("人", ListOf(Ref("people")), "给哪个人的", "person ids")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "给哪样产品的", "product ids"
    )
    projects: tuple[str, ...] = field(
        "项目", ListOf(Ref("projects")), "给哪个项目的", "project ids"
    )
    place: str | None = field("地点", Ref("places"), "给哪个村的", "a place id")
    picture: str | None = field("图片", MEDIA, "牌子或证书的照片", "a picture of it")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("说明", PROSE, "几句话", "a few sentences")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def proved(library: Any, honour: Honour, today: date) -> Iterator[Problem]:
    """Yield a problem if an honour has no document, begins in the future or ends before it begins."""
    if not (honour.document or honour.url or honour.sources):
        place = honour.origin.of("title")
        yield problem("honour-undocumented", place, title=honour.title)
    if honour.since and honour.since > today.year:
        yield problem("honour-ahead", honour.origin.of("since"), value=honour.since)
    if honour.since and honour.until and honour.until < honour.since:
        place = honour.origin.of("until")
        yield problem("honour-ends-early", place, value=honour.until, other=honour.since)


def is_over(honour: Honour, today: date) -> bool:
    """Whether the last year of an honour is past."""
    return honour.until is not None and honour.until < today.year


def history(honour: Honour, today: date) -> str:
    """What lists and pages say first of an honour that is over."""
    return f"历史荣誉，到 {honour.until} 年为止" if is_over(honour, today) else ""


def arranged(honours: Sequence[Honour], today: date) -> list[tuple[str, list[Honour]]]:
    """Group honours: those that hold, those of unknown years, then history, each the latest first."""
    groups: dict[str, list[Honour]] = {"现在的": [], "没有写哪几年的": [], "历史": []}
    for each in sorted(honours, key=lambda each: each.until or each.since or 0, reverse=True):
        dated = each.since or each.until
        known = "现在的" if dated else "没有写哪几年的"
        groups["历史" if is_over(each, today) else known].append(each)
    return [(heading, several) for heading, several in groups.items() if several]


KIND = RecordKind(
    name="honours",
    one="honour",
    record=Honour,
    heading="荣誉",
    lead="别人给的称号和奖：谁评的，哪几年，凭哪份文件。过了年头的是历史。",
    publishable=is_public,
    note="issuer",
    arrange=arranged,
    measure="项",
    expected=("since", "document"),
    checks=(proved,),
    over=history,
    guide="""称号照文件写，不加字。没有文件、网址、来源的，先不写。
「到哪年」过了，页上自己写“历史荣誉”，不用删，也别留着当现在的说。
「首个」「第一」另要在「断言」里写证据。
""",
)
