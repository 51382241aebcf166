"""The published figures of the checks of wording are those of the program."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_of_figures_is_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "wording.py"))
    written = (ROOT / "site_src" / "dev" / "wording.md").read_text("utf-8")
    assert written == tool["page"](tool["all_figures"]())


def test_no_sentence_is_counted_twice() -> None:
    """A sentence of a held back file must not have been used to mend the rules."""
    tool = runpy.run_path(str(ROOT / "tools" / "wording.py"))
    seen: set[str] = set()
    for each in tool["sentences"]():
        assert each not in seen
        seen.add(each)
