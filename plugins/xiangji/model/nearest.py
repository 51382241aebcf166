"""Finds the known name that is nearest to a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable

from xiangji.model.lookalike import same_look, what_differs


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `word`, or None if none is near.

    Chinese names are short, so one wrong character of two still counts as near. A name that contains the other one is
    near too.
    """
    from difflib import get_close_matches  # Imported late, because only mistakes need it.

    names = list(dict.fromkeys(known))
    folded = {name.lower(): name for name in names}
    wanted = word.strip().lower()
    cutoff = 0.5 if any(ord(c) > 0x2E80 for c in wanted) else 0.6
    found = get_close_matches(wanted, folded, n=1, cutoff=cutoff)
    if found:
        return folded[found[0]]
    holding = [name for name in names if len(wanted) > 1 and (wanted in name or name in wanted)]
    if holding:
        return min(holding, key=len)
    return next((name for name in names if same_look(word.strip(), name)), None)


def suggestion(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A question with the nearest name, in Chinese and English; empty if none is near."""
    close = nearest(word, known)
    if close is None:
        return "", ""
    return question(word, close)


def question(word: str, close: str) -> tuple[str, str]:
    """Whether a name was meant; of one that looks the same, what differs: the reader cannot see it."""
    if same_look(word, close):
        signs = what_differs(word, close)
        return (
            f"和“{close}”看上去一样，不一样的字是 {signs}：删掉，重新输入。",
            f"It looks like “{close}” and differs in {signs}: delete that and type it again. ",
        )
    return f"是不是想写“{close}”？", f"Did you mean “{close}”? "
