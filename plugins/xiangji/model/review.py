"""Records of an author's decisions about a text: reviewed advertising words, and claims with evidence."""

from __future__ import annotations

from xiangji.model.fields import Choice, ListOf, Record, Reference, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import LINE
from xiangji.model.vocabularies import Evidence


@record("放行", "The reviewed exception")
class Allowance(Record, frozen=True, kw_only=True):
    """A reviewed exception from the advertising check, for one word and with a reason.

    All three fields are required (`standards.md` §5.3), because the advertiser has to prove the basis (《广告绝对化用语执法指南》
    art. 7).
    """

    term: str = field("词", LINE, "放行的是哪个词，照正文写", "the words as written", required=True)
    clause: str = field(
        "条款",
        LINE,
        "哪部规定的哪一条，例如“绝对化用语指南 6(5)”",
        "law and article",
        required=True,
    )
    proof: str = field(
        "依据",
        LINE,
        "凭什么：证书、文件和编号",
        "the paper that shows it, with its number",
        required=True,
    )
    origin: Origin = NOWHERE


@record("断言", "The claim")
class Claim(Record, frozen=True, kw_only=True):
    """A sentence of a text that asserts something, with its evidence."""

    text: str = field("断言", LINE, "正文里的那句话", "the sentence", required=True)
    evidence: Evidence = field("证据", Choice(Evidence), "哪一类证据", "evidence", required=True)
    sources: tuple[str, ...] = field("来源", ListOf(Reference("sources")), "出处", "sources")
    origin: Origin = NOWHERE
