"""Every rule, and how serious it is. What is said of it stands in `locale/`.

A rule is an error where the content cannot be published truthfully, a warning where it can; a hint is a matter of taste
or luck, such as a photo that could be sharper. To add a rule: a line here, a `problem` and a `remedy` in every
`locale/*.po`, `python tools/messages.py`, and a case in `tests/cases/`.
"""

from __future__ import annotations

from typing import Literal

from xiangji.messages import message
from xiangji.model.rule import Rule

Grade = Literal["error", "warning", "hint", "next"]

ERROR: Grade = "error"
WARNING: Grade = "warning"
HINT: Grade = "hint"
NEXT: Grade = "next"
"""A warning that becomes an error with the next version."""

RULES: dict[str, Grade] = {
    # Files
    "file-encoding": ERROR,
    "file-size": ERROR,
    "file-unreadable": ERROR,
    "file-outside": ERROR,
    "file-missing": ERROR,
    "picture-unreadable": ERROR,
    "picture-heic": ERROR,
    # YAML
    "yaml-syntax": ERROR,
    "yaml-colon": ERROR,
    "yaml-colon-space": ERROR,
    "yaml-two-colons": ERROR,
    "yaml-no-colon": ERROR,
    "yaml-quote": ERROR,
    "yaml-quote-rest": ERROR,
    "yaml-backslash": ERROR,
    "yaml-indent": ERROR,
    "yaml-hash": WARNING,
    "yaml-tab": ERROR,
    "yaml-character": ERROR,
    "sign-private": WARNING,
    "sign-strange": HINT,
    "yaml-duplicate": ERROR,
    "yaml-forbidden": ERROR,
    "yaml-deep": ERROR,
    "yaml-documents": ERROR,
    "front-matter": ERROR,
    "merge-conflict": ERROR,
    # Photos: hints for volunteers
    "photo-small": HINT,
    "photo-dark": HINT,
    "photo-bright": HINT,
    "photo-blurred": HINT,
    "photo-upside-down": HINT,
    "photo-degraded": HINT,
    "folder-name": ERROR,
    "brand-missing": WARNING,
    "village-empty": ERROR,
    # Records and tables: shape and fields
    "shape-record": ERROR,
    "shape-list": ERROR,
    "other-site-data": ERROR,
    "shape-text": ERROR,
    "field-missing": ERROR,
    "field-unknown": ERROR,
    "field-twice": ERROR,
    # Values
    "value-line": ERROR,
    "value-id": ERROR,
    "value-batch": ERROR,
    "value-lot": ERROR,
    "value-lot-page": ERROR,
    "value-reserved": ERROR,
    "value-date": ERROR,
    "value-date-year": ERROR,
    "value-date-weekday": ERROR,
    "value-dropped": HINT,
    "value-partial-date": ERROR,
    "value-date-impossible": ERROR,
    "value-number": ERROR,
    "value-count": ERROR,
    "value-money": ERROR,
    "value-quantity": ERROR,
    "value-quantity-unsure": ERROR,
    "value-quantity-mixed": ERROR,
    "value-shelf-life": ERROR,
    "value-months": ERROR,
    "value-flag": ERROR,
    "value-web": ERROR,
    "value-telephone": ERROR,
    "value-colour": ERROR,
    "value-path": ERROR,
    "value-path-computer": ERROR,
    "value-quotes": ERROR,
    "value-choice": ERROR,
    # Tables
    "table-header": ERROR,
    "table-lost-zero": ERROR,
    "table-number-code": ERROR,
    "table-no-lot": ERROR,
    "table-sheets": ERROR,
    "table-cell": ERROR,
    "table-row": ERROR,
    # References
    "reference-missing": ERROR,
    "duplicate-id": ERROR,
    "duplicate-lot": ERROR,
    "address-collision": ERROR,
    # What the records say together: dates, states, quantities
    "site-url-missing": WARNING,
    "site-url-bad": ERROR,
    "site-url-closed": WARNING,
    "site-url-domain": ERROR,
    "status-reason": ERROR,
    "status-contradicts": ERROR,
    "event-order": WARNING,
    "date-future": WARNING,
    "input-later": ERROR,
    "input-cycle": ERROR,
    "input-exceeded": WARNING,
    "harvest-early": ERROR,
    "expiry-unknown": WARNING,
    "telling-long": ERROR,
    "outline-missing": ERROR,
    "document-source": ERROR,
    "sample-unmarked": WARNING,
    "private-number": ERROR,
    "private-home": ERROR,
    "private-plate": WARNING,
    "private-leak": ERROR,
    "person-two": WARNING,
    "consent-whose": WARNING,
    "consent-minor": WARNING,
    "person-minor-name": HINT,
    "consent-relative": HINT,
    "consent-living": HINT,
    "picture-withheld": HINT,
    "picture-withheld-text": ERROR,
    "picture-withheld-file": ERROR,
    "picture-people-unknown": WARNING,
    "picture-people-unsaid": HINT,
    "recall-advice": WARNING,
    "channel-number": WARNING,
    "unit-missing": WARNING,
    "unit-unknown": WARNING,
    "unit-undeclared": ERROR,
    "net-content-unit": ERROR,
    "measure-unit": WARNING,
    "variant-unknown": WARNING,
    "family-unknown": ERROR,
    "contrast-low": WARNING,
    "markdown-link": ERROR,
    "markdown-anchor": WARNING,
    "markdown-heavy": ERROR,
    "block-target": ERROR,
    "block-unknown": ERROR,
    # What needs evidence
    "claim-unproved": WARNING,
    "claim-absent": WARNING,
    # Advertising and food law: “looks wrong, ask”, never “compliant”
    "advert-ban": ERROR,
    "advert-caution": WARNING,
    "advert-evidence": WARNING,
    "health-claim": ERROR,
    "health-word": WARNING,
    "lint-allow-unused": WARNING,
    "lint-allow-proof": NEXT,
    "lint-not-claim": HINT,
    # Numbers and labels
    "licence-format": WARNING,
    "licence-check-digit": WARNING,
    "licence-old": WARNING,
    "credit-code": ERROR,
    "credit-code-inner": WARNING,
    "gtin-check-digit": ERROR,
    "gtin-restricted": ERROR,
    "gtin-prefix": WARNING,
    "gtin-twice": ERROR,
    "standard-number": WARNING,
    "certificate-number": WARNING,
    "certificate-expired": WARNING,
    "label-field": WARNING,
    "digital-label-kind": WARNING,
    "digital-label-date": WARNING,
    "allergen-group": WARNING,
    "allergen-unlisted": WARNING,
    # Recordings and captions
    "audio-unreadable": ERROR,
    "audio-large": ERROR,
    "audio-heavy": WARNING,
    "audio-ogg": WARNING,
    "audio-text-missing": ERROR,
    "audio-captions-missing": WARNING,
    "captions-without-audio": WARNING,
    "captions-srt": ERROR,
    "captions-header": ERROR,
    "captions-blank": ERROR,
    "captions-space": WARNING,
    "captions-none": ERROR,
    "captions-no-time": ERROR,
    "captions-time": ERROR,
    "captions-settings": ERROR,
    "captions-end": ERROR,
    "captions-order": ERROR,
    "captions-together": ERROR,
    "captions-arrow": ERROR,
    "captions-block": WARNING,
    "captions-empty": WARNING,
    "captions-tag": ERROR,
    "captions-ampersand": WARNING,
    "captions-beyond": WARNING,
    "captions-pair": WARNING,
    # The register of printed codes
    "register-no-address": ERROR,
    "register-since": ERROR,
    "code-address": ERROR,
    "code-target": ERROR,
    "code-target-missing": ERROR,
    "code-target-needless": ERROR,
    "code-unbound": ERROR,
    "code-twice": ERROR,
    "code-round": ERROR,
    "code-no-page": ERROR,
    "code-target-page": ERROR,
    "code-page": ERROR,
    "code-order": ERROR,
    "code-deleted": ERROR,
    "code-repointed": ERROR,
    "code-reused": ERROR,
    "code-kept": HINT,
    # Labels and other paper: what keeps something from being printed.
    "label-count": ERROR,
    # Labels and other paper: what keeps something from being printed
    "paper-no-address": ERROR,
    "paper-address-closed": ERROR,
    "paper-address-example": ERROR,
    "paper-no-sheet": ERROR,
    "paper-no-product": ERROR,
    "label-recalled": ERROR,
    "label-state": ERROR,
    "print-anyway": WARNING,
    "print-unrecorded": WARNING,
    "label-stopped": WARNING,
    "label-input": ERROR,
    "label-expired": ERROR,
    "label-lacks": ERROR,
    "label-glyph": ERROR,
    "label-overflow": ERROR,
    "label-wide": ERROR,
    "label-code-room": ERROR,
    "label-code-small": WARNING,
    "label-telling-dropped": HINT,
    "label-sign-thin": HINT,
    "paper-unread": ERROR,
    # 承诺达标合格证: why none can be given; what content contradicts by itself is a warning of `check`
    "pledge-kind": WARNING,
    "pledge-basis": ERROR,
    "pledge-untested": WARNING,
    "pledge-failed": WARNING,
    "pledge-buyer": WARNING,
    "pledge-stopped": ERROR,
    "pledge-input-stopped": ERROR,
    "pledge-quantity": ERROR,
    "pledge-more": WARNING,
    "pledge-place": ERROR,
    "pledge-subject": ERROR,
    "pledge-contact": ERROR,
    "pledge-before": WARNING,
    "pledge-wording": ERROR,
    # 承诺达标合格证: the register
    "register-no-column": ERROR,
    "pledge-no-batch": ERROR,
    "pledge-kept": HINT,
    "pledge-twice": ERROR,
    "pledge-order": ERROR,
    "pledge-deleted": ERROR,
    "pledge-changed": ERROR,
    "pledge-outdated": WARNING,
    # Posters: what keeps one from being made, and what it left out
    "poster-no-extra": ERROR,
    "poster-state": ERROR,
    "poster-input": ERROR,
    "poster-name-room": ERROR,
    "poster-name-of": ERROR,
    "poster-telling-of": HINT,
    "poster-telling-dropped": HINT,
    "paper-name-of": ERROR,
    "paper-telling-of": HINT,
    "poster-code-room": ERROR,
    # Batch sheets, booklets and cards on paper: what keeps one from being printed, what was left out
    "sheet-overflow": ERROR,
    "sheet-left": HINT,
    "sheet-telling-dropped": HINT,
    "card-stopped": ERROR,
    "card-no-lot": WARNING,
    "card-overflow": ERROR,
    # What is no content: programs that a village names, and what a build leaves in its folder
    "family-broken": ERROR,
    "kind-broken": ERROR,
    "host-runs": HINT,
    "tracked-output": WARNING,
    # Files that nobody reads
    "file-name": WARNING,
    "folder-link": WARNING,
    "file-orphan": WARNING,
    "file-unread": WARNING,
    "file-kept": HINT,
    "media-unused": HINT,
    "reading-missing": ERROR,
    "nav-missing": WARNING,
    # Where a site may be written: a build replaces a whole folder, so nothing of anybody's may be in it
    "target-village": ERROR,
    "target-content": ERROR,
    "target-no-folder": ERROR,
    "setting-folder": ERROR,
    "target-others": ERROR,
    "target-tracked": ERROR,
    "target-kind": ERROR,
    # What of the files beside hand-written pages is published, and what is left out
    "site-file": WARNING,
    "site-name": ERROR,
    "site-loop": ERROR,
    "site-html": WARNING,
    "site-markup": WARNING,
    "site-picture": WARNING,
    "site-inside": WARNING,
    "site-author": HINT,
    "site-trusted": WARNING,
    # What is too much: numbers and days that nothing can be computed with, folders that never end
    "value-number-large": ERROR,
    "value-date-far": ERROR,
    "workbook-unreadable": ERROR,
    # What a label said when a lot was made: versions of a product, days that are known in part, net contents.
    "version-since": ERROR,
    "version-order": ERROR,
    "version-unsure": WARNING,
    "label-changed": WARNING,
    "label-unsure": ERROR,
    "label-no-lot": ERROR,
    "harvest-not-made": WARNING,
    "harvest-later": WARNING,
    "variant-net": WARNING,
    # What a workbook says beside its values.
    "cell-error": ERROR,
    "cell-formula": ERROR,
    "cell-picture": ERROR,
    "cell-merged": HINT,
    "merged-key": ERROR,
    "merged-quantity": ERROR,
    "row-struck": ERROR,
    "cell-struck": ERROR,
    "cell-notes": HINT,
    "cells-hidden": WARNING,
    "rows-coloured": HINT,
    "sheet-hidden": WARNING,
    "workbook-shallow": WARNING,
    # Kinds of records: events
    "event-ends-early": ERROR,
    # Kinds of records: projects
    "project-ends-early": ERROR,
    "project-past": WARNING,
}


def grade_of(rule: str) -> Grade:
    """How serious a rule is, of ours or of a kind's. Raises KeyError where there is none."""
    if rule in RULES:
        return RULES[rule]
    told = _of_kind(rule)
    if told.stops_next:
        return NEXT
    return HINT if told.hint else WARNING if told.warning else ERROR


def text_of(context: str, rule: str, language: str) -> str:
    """What is wrong (`problem`) or what to do (`remedy`). Raises KeyError where there is no such rule."""
    if rule in RULES:
        return message(context, rule, language)
    told = _of_kind(rule)
    if context == "problem":
        return told.zh if language == "zh" else told.en
    return told.remedy_zh if language == "zh" else told.remedy_en


def _of_kind(rule: str) -> Rule:
    """A rule that a kind of another distribution brings along."""
    from xiangji.kinds.installed import kind_rules

    return kind_rules()[rule]
