"""The records of printed codes: every address that was ever printed, run by run, and its present state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import msgspec
from msgspec import Struct

from xiangji.model.fields import (
    Choice,
    Holds,
    Record,
    UnreadableValue,
    ValueType,
    field,
    fold_digits,
    record,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import BATCH, DAY, ID, LINE, QUANTITY
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import CodeState
from xiangji.records.conformity import IssuedCertificate

_SITE = late_pattern(r"(?i)(https?://[^/?#\s\\<>\"]+)/?")
_LONGEST = 300
"""The most characters of an address. The densest code that is printed on a jar holds half as many."""


def _address(text: str) -> str:
    """Return a normalised address: relative to the site, or a full URL as printed.

    Everything after `?` or `#` is removed, since it does not change the page. Raises UnreadableValue if it is no
    address.
    """
    plain = re.split(r"[?#]", fold_digits(text))[0]
    site = _SITE.match(plain)
    rest = plain[site.end() :] if site else plain.lstrip("/")
    parts = rest.rstrip("/").split("/") if rest.rstrip("/") else []
    good = all(
        part.isprintable() and part not in (".", "..") and not re.search(r"[\s\\<>\"|*:]", part)
        for part in parts
    )
    if not good or "" in parts or len(plain) > _LONGEST or not (parts or site or plain):
        raise UnreadableValue("code-address")
    if parts[:1] == ["c"] and not (len(parts) == 2 and _is(ID, parts[1])):
        raise UnreadableValue("code-address")
    return (f"{site[1]}/" if site else "") + "".join(f"{part}/" for part in parts)


def _is(kind: ValueType, text: str) -> bool:
    try:
        kind.parse(text)
    except UnreadableValue:
        return False
    return True


def _target(text: str) -> str:
    """Return a batch key (`product/lot`) or an address. Raises UnreadableValue if it is neither."""
    if "/" not in fold_digits(text):
        raise UnreadableValue("code-target")
    return str(BATCH.parse(text)) if _is(BATCH, text) else _address(text)


ADDRESS = ValueType("address", "t/laziji/2026-09A/", _address)
TARGET = ValueType("target", "laziji/2026-11A", _target)


@record("印刷登记", "The register")
class PrintedCode(Record, frozen=True, kw_only=True):
    """One printed run of one code: a row of `products/codes.csv`.

    `readers` makes `address` and `target` relative to the site.
    """

    address: str = field(
        "地址",
        ADDRESS,
        "码里的网址：t/产品/批号/，或者照印的抄全",
        "the address in the code, whole or within the site",
        required=True,
        also=["网址", "码"],
    )
    run: str | None = field("印次", LINE, "第几次印", "which run", holds=Holds.NUMBER)
    quantity: Quantity | None = field("数量", QUANTITY, "印了多少张", "how many")
    printed_on: date | None = field("印刷日期", DAY, "哪天印的", "day of printing", also=["日期"])
    material: str | None = field("材料", LINE, "标签、罐盖、纸箱……", "label, lid, carton")
    name: str | None = field("品名", LINE, "码旁边印的品名", "the name that stands beside the code")
    state: CodeState = field(
        "状态",
        Choice(CodeState),
        "在用、转向、停用或未绑定；不写就是在用",
        "active, redirected, closed or unbound",
        default=CodeState.ACTIVE,
    )
    target: str | None = field(
        "转到", TARGET, "转到哪一批：产品/批号", "the batch that it leads to: product/lot"
    )
    note: str | None = field(
        "说明", LINE, "自己人看的一句话，不公开", "a remark for ourselves", private=True
    )
    origin: Origin = NOWHERE

    @property
    def key(self) -> str:
        """Address and run together, since one code may be printed in several runs."""
        return f"{self.address}{self.run or ''}"


class OldLot(Struct, frozen=True):
    """A batch as it was in its last commit: its product's name, its day, and the other lots in the same file."""

    name: str
    made_on: date | None
    beside: frozenset[str]


class SavedRegister(Struct, frozen=True):
    """The registers as they are committed in Git.

    `kept` says whether the village is in a Git repository. `missing` is a revision that was requested and does not
    exist. `pledges` are the issued certificates. `lots` are deleted batches, by `product/lot`, that printed codes lead
    to or that certificates were issued for.
    """

    kept: bool = False
    missing: str = ""
    codes: tuple[PrintedCode, ...] = ()
    pledges: tuple[IssuedCertificate, ...] = ()
    lots: Mapping[str, OldLot] = msgspec.field(default_factory=dict)
