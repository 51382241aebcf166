"""Records of an author's decisions about a text: reviewed advertising words, and claims with evidence."""

from __future__ import annotations

from xiangji.model.fields import Choice, ListOf, Record, Reference, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import LINE
from xiangji.model.vocabularies import Evidence, NoClaim


@record("放行", "The reviewed exception")
class Allowance(Record, frozen=True, kw_only=True):
    """A reviewed exception from the advertising check, for one word.

    There are two forms. A word that the law restricts may stand for a reason: then `clause` and `proof` are required,
    because the advertiser has to prove the basis (《广告绝对化用语执法指南》 art. 7). Or the word is no claim in its sentence:
    then `no_claim` and `sentence` are required. That an ordinary food heals cannot be allowed in the first form.
    """

    term: str = field("词", LINE, "放行的是哪个词，照正文写", "the words as written", required=True)
    clause: str | None = field(
        "条款",
        LINE,
        "哪部规定的哪一条，例如“绝对化用语指南 6(5)”",
        "law and article",
    )
    proof: str | None = field(
        "依据",
        LINE,
        "凭什么：证书编号、文号、certificates 里的文件，或者一条来源的编号",
        "a certificate's number, a document's number, a file in certificates/, or a source id",
    )
    no_claim: NoClaim | None = field(
        "不是说法",
        Choice(NoClaim),
        "这个词在这句话里不是在说功效：否定、生平或名字",
        "why the word is no claim: negation, life or name",
    )
    sentence: str | None = field(
        "句子", LINE, "不是说法的那句话，照正文写", "the sentence as written"
    )
    origin: Origin = NOWHERE


@record("断言", "The claim")
class Claim(Record, frozen=True, kw_only=True):
    """A sentence of a text that asserts something, with its evidence."""

    text: str = field("断言", LINE, "正文里的那句话", "the sentence", required=True)
    evidence: Evidence = field("证据", Choice(Evidence), "哪一类证据", "evidence", required=True)
    sources: tuple[str, ...] = field("来源", ListOf(Reference("sources")), "出处", "sources")
    origin: Origin = NOWHERE
