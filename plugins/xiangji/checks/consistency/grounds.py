"""Checks what claims rest on: a document that can be found, a test that was done, somebody who told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from xiangji.checks.kinds import published
from xiangji.library import Library
from xiangji.model.review import Claim
from xiangji.model.vocabularies import Evidence, SourceKind
from xiangji.problems import Problem, problem
from xiangji.records.brand import Source
from xiangji.records.product import Product
from xiangji.records.story import Story

_ON_THE_WEB = (SourceKind.WEB_PAGE, SourceKind.WECHAT_ARTICLE)
_TOLD = (Evidence.ORAL, Evidence.FAMILY_MEMORY)


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report statements whose evidence is missing or is itself not verified."""
    for workshop in library.workshops.values():
        for card in workshop.cards:
            yield from _document(library, card, card.title or card.id)
        for account in workshop.accounts:
            yield from _document(library, account, account.title)
    for story in library.stories.values():
        for claim in story.claims:
            yield from _document(library, claim, claim.text)
            yield from _of_story(library, story, claim)
    for product in library.products.values():
        for claim in product.claims:
            yield from _claim(library, claim)
            yield from _of_product(library, product, claim)
    for _, record in published(library, today):
        for claim in getattr(record, "claims", ()):
            yield from _claim(library, claim)


def _claim(library: Library, claim: Claim) -> Iterator[Problem]:
    """A document without a source; of stories and workshops `stories` reports it."""
    if claim.evidence is Evidence.DOCUMENT and not claim.sources:
        yield problem("document-source", claim.origin.of("evidence"), value=claim.text)
    yield from _document(library, claim, claim.text)


def _document(library: Library, record: Any, text: str) -> Iterator[Problem]:
    """Report a statement that rests on documents of which none is verified, or none can be found."""
    if record.evidence is not Evidence.DOCUMENT:
        return
    found = [library.sources[each] for each in record.sources if each in library.sources]
    if found and all(each.evidence is Evidence.UNVERIFIED for each in found):
        titles = "、".join(each.title for each in found)
        at = record.origin.of("evidence")
        yield problem("document-unverified", at, value=text, sources=titles)
    elif found and not any(_is_found(each) for each in found):
        for source in found:
            rule = "source-nowhere" if source.kind in _ON_THE_WEB else "source-vague"
            yield problem(rule, source.origin.location, value=source.title)


def _is_found(source: Source) -> bool:
    """Whether a reader could find a source: a page of the web by its address, others by who published or keeps them."""
    if source.kind in _ON_THE_WEB:
        return source.url is not None
    told = (source.url, source.publisher, source.published, source.author, source.note)
    return any(told)


def _of_story(library: Library, story: Story, claim: Claim) -> Iterator[Problem]:
    if claim.sources:
        return
    told = story.tellers or story.recorders or story.cards or story.accounts or story.workshop
    if claim.evidence in _TOLD and not told:
        yield _without_ground(claim)
    goods = library.products_of(story)
    if claim.evidence is Evidence.TEST and not _is_tested(library, goods) and not told:
        yield _without_ground(claim)


def _of_product(library: Library, product: Product, claim: Claim) -> Iterator[Problem]:
    if claim.sources:
        return
    told = product.people or library.stories_of(product.id)
    if claim.evidence in _TOLD and not told:
        yield _without_ground(claim)
    if claim.evidence is Evidence.TEST and not _is_tested(library, [product]):
        yield _without_ground(claim)


def _is_tested(library: Library, goods: Iterable[Product]) -> bool:
    return any(
        each.certificates or any(batch.inspections for batch in library.batches.of(each.id))
        for each in goods
    )


def _without_ground(claim: Claim) -> Problem:
    told = {"evidence": claim.evidence, "evidence_en": claim.evidence.key.replace("_", " ")}
    return problem("claim-no-ground", claim.origin.of("evidence"), value=claim.text, **told)
