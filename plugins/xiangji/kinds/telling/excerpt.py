"""Checks what was copied out of a publication, since web pages change and vanish."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from xiangji.problems import Problem, problem

LONGEST = 300
"""The most characters of an excerpt. Who copies more needs leave, since an excerpt only has to show what was said."""


def digest_of(excerpt: str) -> str:
    """The SHA-256 of an excerpt without its white space, which changes with the form of a file."""
    return hashlib.sha256("".join(excerpt.split()).encode()).hexdigest()


def kept(record: Any) -> Iterator[Problem]:
    """Yield a problem if an excerpt has no digest or another one, or is as long as an article."""
    if not record.excerpt:
        return
    found, written = digest_of(record.excerpt), (record.digest or "").strip().lower()
    if not written:
        yield problem("excerpt-undigested", record.origin.of("excerpt"), value=found)
    elif written.removeprefix("sha256:") != found:
        yield problem("excerpt-changed", record.origin.of("digest"), value=found)
    length = len("".join(record.excerpt.split()))
    if length > LONGEST:
        place = record.origin.of("excerpt")
        yield problem("excerpt-long", place, length=length, most=LONGEST)
