"""Checks partners and the companies of villages: what each is, and what shares and rules of sharing rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xiangji.library import Library
from xiangji.model.vocabularies import FORM_ROLE, PartnerForm
from xiangji.problems import Problem, problem
from xiangji.records.brand import Partner, Producer

_WHOLE = Decimal(100)


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report partners of another role than their form, and shares that cannot be or rest on nothing."""
    for partner in library.partners.values():
        yield from _form(partner)
    for producer in library.producers.values():
        yield from _shares(producer)


def _form(partner: Partner) -> Iterator[Problem]:
    form = PartnerForm.of(partner.form or "")
    role = FORM_ROLE[form] if isinstance(form, PartnerForm) else partner.role
    if role is not partner.role:
        place = partner.origin.of("role")
        words = {"form": str(form), "role": str(role), "found": str(partner.role)}
        yield problem("partner-role", place, value=partner.name, **words)


def _shares(producer: Producer) -> Iterator[Problem]:
    place = producer.origin.of("shares")
    whole = sum((each.percent for each in producer.shares if each.percent), Decimal(0))
    if whole > _WHOLE:
        yield problem("shares-sum", place, value=producer.name, found=f"{whole:f}")
    for each in producer.shares:
        if not (each.producer or each.partner or each.holder):
            yield problem("share-nobody", each.origin.location, value=producer.name)
    said = "shares" if producer.shares else "sharing"
    if (producer.shares or producer.sharing) and not (producer.sharing_source or producer.sample):
        yield problem("sharing-source", producer.origin.of(said), value=producer.name)
