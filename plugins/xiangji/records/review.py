"""What an author has looked into and stands by, where a check would otherwise ask again."""

from __future__ import annotations

from xiangji.records.fields import Record, called, fact
from xiangji.records.kinds import LINE
from xiangji.records.location import NOWHERE, Origin


@called("放行", "The reviewed exception")
class Allowance(Record, frozen=True, kw_only=True):
    """A reviewed exception from the advertising lint: never a switch, always with a reason.

    All three are required (`standards.md` §5.3): the advertiser proves the basis
    (《广告绝对化用语执法指南》 art. 7).
    """

    term: str = fact("词", LINE, "放行的是哪个词，照正文写", "the words as written", required=True)
    clause: str = fact(
        "条款",
        LINE,
        "哪部规定的哪一条，例如“绝对化用语指南 6(5)”",
        "law and article",
        required=True,
    )
    proof: str = fact(
        "依据",
        LINE,
        "凭什么：证书、文件和编号",
        "the paper that shows it, with its number",
        required=True,
    )
    origin: Origin = NOWHERE
