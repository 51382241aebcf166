"""Makes the 承诺达标合格证 of a batch: everything that stands on it, or every reason why it cannot be given.

It is the cooperative's own legal promise (`standards.md` §4.1), so nothing on it is inferred. A basis that nobody
recorded is not ticked. What the law requires and nobody recorded is reported as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from xiangji import urls
from xiangji.conformity.harvest import harvested_early
from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.library.lot_links import inputs_of
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.fields import Word
from xiangji.model.location import Location
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import (
    BatchStatus,
    CertificateBasis,
    CertificateWording,
    EventKind,
    InspectionLayer,
    InspectionResult,
    ProductKind,
)
from xiangji.problems import Problem, in_order, problem
from xiangji.records.batch import Batch
from xiangji.records.brand import Producer
from xiangji.records.conformity import WORDING_SINCE, IssuedCertificate, promise_of
from xiangji.records.product import Product

TITLE = "承诺达标合格证"
"""The title that must stand prominently on the certificate, and beside its code."""

TESTED = {
    CertificateBasis.SELF_TESTED: (InspectionLayer.SELF, InspectionLayer.COOPERATIVE),
    CertificateBasis.COMMISSIONED: (InspectionLayer.THIRD_PARTY, InspectionLayer.COUNTY),
}
"""The inspection layers that can support a basis. The first basis of the form rests on how the work is done."""

_STOPPED = (BatchStatus.PENDING, BatchStatus.ON_HOLD, BatchStatus.RECALLED)


class ConformityCertificate(Struct, frozen=True):
    """One certificate as it is given on a day.

    `sheet` is the address of the batch page, relative to the site. Whatever shows a certificate with `sample` set must
    say 示例 on it.
    """

    name: str
    lot: str
    batch: str
    """The batch's key, `product/lot`."""
    quantity: Quantity
    place: str
    form: CertificateWording
    bases: tuple[CertificateBasis, ...]
    subject: str
    telephone: str
    issued_on: date
    sheet: str
    sample: bool

    @property
    def promise(self) -> str:
        """The promise in the wording that the law prescribes."""
        return promise_of(self.form, self.issued_on)

    @property
    def boxes(self) -> tuple[tuple[CertificateBasis, bool], ...]:
        """All three bases in the order of the form, each with whether it is ticked."""
        return boxes(self.bases)

    def issued(self, number: str, copies: int | None = None) -> IssuedCertificate:
        """Return the certificate as a row of the register."""
        return IssuedCertificate(
            number=number,
            batch=self.batch,
            name=self.name,
            quantity=self.quantity,
            place=self.place,
            form=self.form,
            bases=self.bases,
            subject=self.subject,
            telephone=self.telephone,
            issued_on=self.issued_on,
            copies=copies,
            sample=self.sample,
        )


class CertificateRefused(Struct, frozen=True):
    """All reasons why no certificate can be given, in the order of their source locations."""

    problems: tuple[Problem, ...]


def boxes(bases: tuple[CertificateBasis, ...]) -> tuple[tuple[CertificateBasis, bool], ...]:
    """Return all three bases in the order of the form, each with whether it is among `bases`."""
    return tuple((each, each in bases) for each in CertificateBasis)


def pledge(
    library: Library, batch: Batch, on: date, quantity: Quantity | None = None
) -> ConformityCertificate | CertificateRefused:
    """The certificate of a batch as given on day `on`, for `quantity` (else the whole batch)."""
    product = as_made(library.products[batch.product], batch)
    if product.kind is not ProductKind.PRODUCE:
        at = batch.origin.of("pledge_bases") if batch.pledge_bases else product.origin.of("kind")
        return CertificateRefused((_wrong_kind(product, at),))
    subject = subject_of(library, batch, product)
    amount = quantity or batch.quantity
    place = library.places.get(batch.place or product.place or "")
    telephone = _telephone(library, subject)
    found = [
        *(() if batch.pledge_bases else (_no_basis(batch),)),
        *_contradictions(library, batch),
        *_stopped(library, batch, on),
        *harvested_early(batch),
        *before_harvest(batch, on),
        *_subject_missing(batch, product, subject, telephone),
    ]
    if on < WORDING_SINCE:
        at = batch.origin.location
        found.append(problem("pledge-wording", at, value=on, since=WORDING_SINCE))
    if amount is None or not amount.unit or not amount.value:
        found.append(problem("pledge-quantity", batch.origin.of("quantity"), lot=batch.lot))
    elif (more := _more(batch, amount)) is not None:
        found.append(problem("pledge-more", batch.origin.of("quantity"), **more))
    if place is None or place.path is None:
        at = place.origin.location if place else batch.origin.of("place")
        found.append(problem("pledge-place", at, lot=batch.lot))
    if found or amount is None or place is None or subject is None:
        return CertificateRefused(in_order(found))
    return ConformityCertificate(
        name=product.name,
        lot=batch.lot,
        batch=batch.key,
        quantity=amount,
        place=place.full_name,
        form=batch.pledge_form,
        bases=tuple(each for each, ticked in boxes(batch.pledge_bases) if ticked),
        subject=subject.name,
        telephone=telephone,
        issued_on=on,
        sheet=urls.sheet(batch.product, batch.lot),
        sample=batch.sample or product.sample or subject.sample or library.brand.sample,
    )


def contradictions(library: Library, batch: Batch) -> Iterator[Problem]:
    """Yield where a batch's statements about its certificate contradict its other data.

    A basis that is not recorded is no contradiction, because nobody has to give certificates through Xiangji. A batch
    that is stopped gets no certificate anyway, so its earlier statements may stay.
    """
    product = library.products.get(batch.product)
    if product is None or not batch.pledge_bases:
        return
    if product.kind is not ProductKind.PRODUCE:
        yield _wrong_kind(product, batch.origin.of("pledge_bases"))
    elif batch.status not in _STOPPED:
        yield from _contradictions(library, batch)


def failed_layer(batch: Batch) -> InspectionLayer | None:
    """Return the first layer whose latest inspection failed; None if there is none."""
    return next((each for each in InspectionLayer if _result(batch, each) is _FAILED), None)


def before_harvest(batch: Batch, on: date, at: Location | None = None) -> Iterator[Problem]:
    """A certificate of a day on which nothing was harvested yet; told at `at`, else at the harvest."""
    if batch.harvested is None:
        return
    day, place = batch.harvested
    first = earliest(day)
    if first is not None and on < first:
        yield problem("pledge-before", at or place, lot=batch.lot, value=on, day=day)


def wrong_kind(library: Library, batch: Batch, at: Location) -> Iterator[Problem]:
    """Yield a problem, located at `at`, if the product is of a kind that gets no certificate."""
    product = library.products.get(batch.product)
    if product is not None and product.kind is not ProductKind.PRODUCE:
        yield _wrong_kind(product, at)


def _more(batch: Batch, amount: Quantity) -> dict[str, object] | None:
    """Return the message's values if a certificate covers more than the whole batch, in the same unit; else None."""
    whole = batch.quantity
    if whole is None or whole.measure != amount.measure or amount.value <= whole.value:
        return None
    return {"lot": batch.lot, "value": amount, "whole": whole}


def more_than_whole(batch: Batch, row: IssuedCertificate) -> Iterator[Problem]:
    """Yield a problem if an issued certificate covers more than the whole batch."""
    if (more := _more(batch, row.quantity)) is not None:
        yield problem("pledge-more", row.origin.of("quantity"), **more)


def subject_of(library: Library, batch: Batch, product: Product) -> Producer | None:
    """Return the producer who makes the promise: the one that the batch names, else the product's only one.

    Returns None if that is not clear.
    """
    named = batch.pledged_by or batch.producer
    if named is None and len(product.makers) == 1:
        named = product.makers[0]
    return library.producers.get(named or "")


def _telephone(library: Library, subject: Producer | None) -> str:
    """Return the subject's own telephone number; the number of the village is that of the cooperative."""
    if subject is None:
        return ""
    own = library.brand.telephone if subject.id == library.brand.cooperative else None
    return subject.telephone or own or ""


_FAILED = InspectionResult.FAILED


def _result(batch: Batch, layer: InspectionLayer) -> InspectionResult | None:
    latest = batch.latest(layer)
    return latest.result if latest else None


def _english(word: Word) -> str:
    return word.key.replace("_", " ")


def _wrong_kind(product: Product, at: Location) -> Problem:
    kind = {"kind": product.kind, "kind_en": _english(product.kind)}
    return problem("pledge-kind", at, product=product.name, **kind)


def _no_basis(batch: Batch) -> Problem:
    return problem(
        "pledge-basis",
        batch.origin.of("pledge_bases"),
        lot=batch.lot,
        choices="、".join(map(str, CertificateBasis)),
        choices_en=", ".join(each.key for each in CertificateBasis),
    )


def _contradictions(library: Library, batch: Batch) -> Iterator[Problem]:
    at = batch.origin.of("pledge_bases")
    for basis in batch.pledge_bases:
        layers = TESTED.get(basis, ())
        results = {_result(batch, each) for each in layers}
        if layers and not results & {InspectionResult.PASSED, _FAILED}:
            yield problem(
                "pledge-untested",
                at,
                lot=batch.lot,
                basis=basis,
                basis_en=_english(basis),
                layers="或".join(map(str, layers)),
                layers_en=" or ".join(map(_english, layers)),
            )
    for layer in InspectionLayer:
        last = batch.latest(layer)
        if last is not None and last.result is _FAILED:
            told = {"layer": layer, "layer_en": _english(layer)}
            yield problem("pledge-failed", last.origin.of("result"), lot=batch.lot, **told)
    bought = any(each.kind is EventKind.PURCHASE for each in batch.events)
    if batch.pledge_form is CertificateWording.BUYER and not bought and not inputs_of(batch):
        yield problem("pledge-buyer", batch.origin.of("pledge_form"), lot=batch.lot)


def _stopped(library: Library, batch: Batch, on: date) -> Iterator[Problem]:
    at = batch.origin.of("status")
    found = standing_of(library, batch, on)
    if batch.status in _STOPPED:
        told = {"status": batch.status, "status_en": _english(batch.status)}
        yield problem("pledge-stopped", at, lot=batch.lot, **told)
    if found.has(LotState.EXPIRED):
        told = {"status": "过期", "status_en": "expired"}
        yield problem("pledge-stopped", batch.origin.of("made_on"), lot=batch.lot, **told)
    stopped, more = library.kin_of(batch.key).stopped
    for each in stopped:
        told = {"status": "检验不合格", "status_en": "failed by an inspection"}
        if each.status is not None and each.status in _STOPPED:
            told = {"status": each.status, "status_en": _english(each.status)}
        place = batch.origin.of("inputs")
        beyond = f" (+{more})" if more and each is stopped[-1] else ""
        named = f"{each.key}{beyond}"
        yield problem("pledge-input-stopped", place, lot=batch.lot, input=named, **told)


def _subject_missing(
    batch: Batch, product: Product, subject: Producer | None, telephone: str
) -> Iterator[Problem]:
    if subject is None:
        several = len(product.makers) > 1
        why = "产品写了好几家生产者" if several else "没有写生产者"
        why_en = "its product names several makers" if several else "no producer is recorded"
        at = batch.origin.of("pledged_by")
        yield problem("pledge-subject", at, lot=batch.lot, why=why, why_en=why_en)
    elif not telephone:
        yield problem("pledge-contact", subject.origin.location, subject=subject.name)
