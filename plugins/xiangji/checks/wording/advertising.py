"""Finds words that advertising and food law restrict. It reports what looks wrong, and never says that a text complies.

《广告法》 and 《食品安全法》 apply to product texts, the shop, the tellings on labels, and stories linked to a product
(《广告法适用问题执法指南（一）》, `standards.md` §5.2). A linked story is checked with all its quotations, because the words
of villagers on a page that sells are advertising too. The list of words is `advertising.yml`. After a review, an author
may allow a word by an allowance (放行) with the clause of the law and the proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from xiangji.checks.kinds import published
from xiangji.checks.labelling.rulesets import label_rules
from xiangji.checks.wording.assertions import MENTIONED, sentence_at
from xiangji.checks.wording.claims import covered
from xiangji.checks.wording.passages import (
    Passage,
    kind_passages,
    offer_passages,
    product_passages,
    quoted_passages,
    shop_passages,
    story_passages,
)
from xiangji.checks.wording.terms import LEVELS, Term, terms
from xiangji.checks.wording.text_folding import Folded, essence, fold
from xiangji.label.item import NEW, OLD
from xiangji.library import Library
from xiangji.model.review import Allowance, Claim
from xiangji.problems import Problem, problem
from xiangji.records.product import Certificate, Product
from xiangji.records.story import Account, Card, Story, Tellings


class _Page(Struct, frozen=True):
    """The passages of one page, with the allowances, claims and certificates that support them."""

    passages: tuple[Passage, ...]
    rules: str
    allowed: tuple[Allowance, ...] = ()
    claims: tuple[Claim, ...] = ()
    certificates: tuple[Certificate, ...] = ()


class _Finding(Struct, frozen=True):
    term: Term
    level: str
    start: int
    end: int


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report restricted words in published texts, and allowances that match no word."""
    for product in library.products.values():
        yield from _lint(_product_page(product, library, today))
    for story in library.stories.values():
        goods = library.products_of(story)  # A link to a product makes a story advertising.
        if goods and not story.draft:
            yield from _lint(_story_page(story, goods, library, today))
    sets = {label_rules(library, each, today) for each in library.products.values()}
    rules = NEW if sets == {NEW} else OLD
    yield from _lint(_Page(tuple(shop_passages(library.brand)), rules))
    for _, record in published(library, today):
        allowed, claims = (getattr(record, name, ()) for name in ("lint_allow", "claims"))
        yield from _lint(_Page(tuple(kind_passages(record)), rules, allowed, claims))


def _product_page(product: Product, library: Library, today: date) -> _Page:
    passages = (*product_passages(product), *offer_passages(product))
    rules = label_rules(library, product, today)
    return _Page(passages, rules, product.lint_allow, product.claims, product.certificates)


def _story_page(story: Story, goods: Iterable[Product], library: Library, today: date) -> _Page:
    quoted = quoted_passages(library.cards_of(story), library.accounts_of(story))
    sets = {label_rules(library, each, today) for each in goods}
    papers = tuple(paper for each in goods for paper in each.certificates)
    rules = NEW if NEW in sets else OLD
    return _Page((*story_passages(story), *quoted), rules, story.lint_allow, story.claims, papers)


def _lint(page: _Page) -> Iterator[Problem]:
    used: set[int] = set()
    sourced = [essence(claim.text) for claim in page.claims if claim.sources]
    for passage in page.passages:
        folded = fold(passage.text)
        allowed = list(_allowed_spans(page.allowed, folded))
        for found in _findings(folded, passage, page.rules):
            over = [i for i, start, end in allowed if start <= found.start and found.end <= end]
            used.update(over)
            if over or _is_backed(found, folded, passage, page, sourced):
                continue
            yield _problem_of(found, folded, passage)
    for number, allowance in enumerate(page.allowed):
        if number not in used:
            place = allowance.origin.of("term")
            yield problem("lint-allow-unused", place, value=allowance.term)


def _allowed_spans(allowed: Iterable[Allowance], folded: Folded) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each allowance with the start and end of each place where its term occurs."""
    for number, allowance in enumerate(allowed):
        for match in re.finditer(re.escape(fold(allowance.term).text), folded.text):
            yield number, match.start(), match.end()


def _findings(folded: Folded, passage: Passage, rules: str) -> list[_Finding]:
    """The restricted words in a text, in the order of the text. Of overlapping ones the most severe is kept."""
    running = not isinstance(passage.record, Tellings) and isinstance(
        passage.record, Story | Card | Account
    )
    found = [
        found
        for found in _matches(folded.text, running, rules)
        if found.level == "ban" or not MENTIONED.match(folded.text, found.end)
    ]
    found.sort(key=lambda each: (LEVELS.index(each.level), each.start, -each.end))
    kept: list[_Finding] = []
    taken: set[int] = set()
    for each in found:
        if taken.isdisjoint(range(each.start, each.end)):
            taken.update(range(each.start, each.end))
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _matches(text: str, running: bool, rules: str) -> list[_Finding]:
    signs = frozenset(text)
    return [
        _Finding(term, term.level_for(running, rules), match.start(), match.end())
        for term in terms()
        if term.may_begin_in(signs) and term.may_stand_in(text)
        for match in term.look.finditer(_without(term.unless, text))
    ]


def _without(unless: re.Pattern[str], text: str) -> str:
    """A text with harmless wordings blanked out, at the same length.

    Chinese has no word boundaries, so 最近 has to be removed before 最 is searched.
    """
    return unless.sub(lambda match: "\0" * len(match[0]), text)


def _is_backed(
    found: _Finding, folded: Folded, passage: Passage, page: _Page, sourced: list[str]
) -> bool:
    """Whether the records already contain the proof for a word: a certificate, or a claim with a source."""
    wanted = found.term.certificate
    if wanted and any(word in paper.name for paper in page.certificates for word in wanted):
        return True  # `labels` reports certificates that have expired.
    if found.level != "evidence":
        return False
    if getattr(passage.record, "sources", ()) and isinstance(passage.record, Card | Account):
        return True
    start, end = sentence_at(folded.text, found.start, found.end)
    return covered(folded.text[start:end], found.start - start, found.end - start, sourced)


def _problem_of(found: _Finding, folded: Folded, passage: Passage) -> Problem:
    term = found.term
    return problem(
        f"advert-{found.level}",
        passage.place(folded.offsets[found.start]),
        value=folded.words(found.start, found.end),
        note=term.note,
        note_en=term.note_en,
        law=term.law.name,
        law_en=term.law.name_en,
        article=term.article,
        article_en=term.article_en,
        date=term.law.date,
    )
