"""Finds words that advertising and food law restrict. It reports what looks wrong, and never says that a text complies.

《广告法》 and 《食品安全法》 apply to product texts, the shop, the tellings on labels, and stories linked to a product
(《广告法适用问题执法指南（一）》, `standards.md` §5.2). A linked story is checked with all its quotations, because the words
of villagers on a page that sells are advertising too. Pages that sell nothing are asked more gently. The list of words
is `advertising.yml`. After a review, an author may allow a word (`allowances`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from xiangji.checks.labelling.rulesets import label_rules
from xiangji.checks.wording.allowances import Allowances, lacking, read_allowances, tell
from xiangji.checks.wording.assertions import MENTIONED, sentence_at
from xiangji.checks.wording.claims import covered
from xiangji.checks.wording.passages import Passage, PublishedTexts, QuietTexts, Texts, Voice
from xiangji.checks.wording.terms import LEVELS, Term, terms
from xiangji.checks.wording.text_folding import Folded, essence, fold
from xiangji.label.item import NEW, OLD
from xiangji.library import Library
from xiangji.problems import Problem, problem
from xiangji.records.product import Certificate
from xiangji.records.story import Account, Card


class _Page(Struct, frozen=True):
    """What supports the passages of one record: allowances, lines with a source, certificates."""

    allowed: Allowances
    sourced: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()


class _Finding(Struct, frozen=True):
    term: Term
    level: str
    start: int
    end: int


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report restricted words in published texts, and allowances that match no word."""
    looking = AdvertisingCheck(library, today)
    for texts in PublishedTexts(library, today):
        yield from looking.of(texts)
    yield from looking.rest()


_NONE = QuietTexts()


class AdvertisingCheck:
    """Reports restricted words text by text, and then the allowances that match no word or lift nothing."""

    def __init__(self, library: Library, today: date) -> None:
        self._library = library
        products = library.products.items()
        self._rules = {key: label_rules(library, each, today) for key, each in products}
        self._shop_rules = NEW if set(self._rules.values()) == {NEW} else OLD
        self._used: set[int] = set()
        self._told = {id(each): each for each in library.brand.lint_allow}
        self._quiet: dict[tuple[Voice, str], QuietTexts] = {}

    def of(self, texts: Texts) -> Iterator[Problem]:
        """Report restricted words in the texts of one record or file."""
        self._told.update((id(each), each) for each in texts.allowed)
        if texts.manual:
            return
        rules = self._rules_of(texts)
        page: _Page | None = None
        voice: Voice | None = None
        quiet = _NONE
        for passage in texts.passages:
            if passage.voice is not voice:
                voice = passage.voice
                quiet = self._quiet.setdefault((voice, rules), QuietTexts())
            if passage.text in quiet:
                continue
            folded = fold(passage.text)
            findings = _findings(folded, passage, rules)
            if findings:
                page = page or _page(texts, self._library)
                yield from _asked(findings, folded, passage, page, self._used)
            elif not passage.unchecked:
                quiet.add(passage.text)

    def _rules_of(self, texts: Texts) -> str:
        """The label rules that apply to the goods of some texts."""
        if not texts.goods:
            return self._shop_rules
        return NEW if NEW in {self._rules[each.id] for each in texts.goods} else OLD

    def rest(self) -> Iterator[Problem]:
        """Report on the allowances, after all texts."""
        yield from tell(self._told.values(), self._library)
        for allowance in self._told.values():
            if id(allowance) not in self._used and lacking(allowance, self._library) is None:
                place = allowance.origin.of("term")
                yield problem("lint-allow-unused", place, value=allowance.term)


def _page(texts: Texts, library: Library) -> _Page:
    allowed = read_allowances((*texts.allowed, *library.brand.lint_allow), library)
    claims = (*texts.claims, *library.brand.claims)
    sourced = tuple(essence(claim.text) for claim in claims if claim.sources)
    return _Page(allowed, sourced, texts.certificates)


def _asked(
    findings: Iterable[_Finding], folded: Folded, passage: Passage, page: _Page, used: set[int]
) -> Iterator[Problem]:
    """Report the findings that nothing supports. `used` collects the allowances that matched."""
    lifted = list(page.allowed.lifted(folded))
    for found in findings:
        over = [each for each in lifted if each.start <= found.start and found.end <= each.end]
        used.update(id(page.allowed.every[each.number]) for each in over)
        lifts = any(page.allowed.lifts(each.number, found.term) for each in over)
        if not lifts and not _is_backed(found, folded, passage, page):
            yield _problem_of(found, folded, passage)


def _findings(folded: Folded, passage: Passage, rules: str) -> list[_Finding]:
    """The restricted words in a text, in the order of the text. Of overlapping ones the most severe is kept."""
    found = [
        found
        for found in _matches(folded.text, passage.voice, rules)
        # Titles that others gave are no boast of the village. That food heals may not stand in them either.
        if not passage.unchecked or found.term.is_health_claim
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


def _matches(text: str, voice: Voice, rules: str) -> list[_Finding]:
    signs = frozenset(text)
    known: dict[str, bool] = {}
    found = []
    for term in terms():
        if not term.may_begin_in(signs) or not term.may_stand_in(text, known):
            continue
        told = voice is Voice.TOLD
        level = term.level_apart() if voice is Voice.APART else term.level_for(told, rules)
        if level:
            shown = _without(term.unless, text)
            found += [_Finding(term, level, *m.span()) for m in term.look.finditer(shown)]
    return found


def _without(unless: re.Pattern[str], text: str) -> str:
    """A text with harmless wordings blanked out, at the same length.

    Chinese has no word boundaries, so 最近 has to be removed before 最 is searched.
    """
    return unless.sub(lambda match: "\0" * len(match[0]), text)


def _is_backed(found: _Finding, folded: Folded, passage: Passage, page: _Page) -> bool:
    """Whether the records already contain the proof for a word: a certificate, or a claim with a source."""
    wanted = found.term.certificate
    if wanted and any(word in paper.name for paper in page.certificates for word in wanted):
        return True  # `labels` reports certificates that have expired.
    if found.level != "evidence":
        return False
    if getattr(passage.record, "sources", ()) and isinstance(passage.record, Card | Account):
        return True
    start, end = sentence_at(folded.text, found.start, found.end)
    return covered(folded.text[start:end], found.start - start, found.end - start, page.sourced)


def _problem_of(found: _Finding, folded: Folded, passage: Passage) -> Problem:
    term = found.term
    return problem(
        term.rule(found.level),
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
