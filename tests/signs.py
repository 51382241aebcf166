"""Signs for property tests: those that people see. Invisible ones (some letters of Hangul are) are reported by the reader."""

from __future__ import annotations

from hypothesis import strategies as st

from xiangji.readers.text_file import INVISIBLE


def seen(*categories: str) -> st.SearchStrategy[str]:
    """Visible signs of these Unicode categories."""
    signs = st.characters(categories=[*categories])  # type: ignore[arg-type]
    return signs.filter(lambda sign: INVISIBLE.search(sign) is None)
