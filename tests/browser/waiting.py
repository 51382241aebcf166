"""Waiting for a page. Playwright's own `wait_for_function` evaluates text inside the page, which our
Content-Security-Policy forbids; asking again from outside does not."""

from __future__ import annotations

import time
from typing import Any

PATIENCE = 15.0
"""Seconds."""


def until(page: Any, question: str, arg: Any = None) -> None:
    """Wait until the answer to `question`, an expression or a function of `arg`, is true."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(question, arg):
        assert time.monotonic() < end, f"in vain: {question}"
        page.wait_for_timeout(20)
