"""What is said to people, by key and language, from the catalogues in `locale/`.

A translator edits `locale/<language>.po`; `tools/messages.py` compiles that to the `.mo` files that are read here. The
wording of rules is a file of its own, so that a village without a problem does not wait for it.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

FOLDER = Path(__file__).parent / "locale"

DOMAINS = {"commands": ("command", "report"), "rules": ("problem", "remedy")}
"""Each compiled file, and the contexts (`msgctxt`) whose messages are in it."""

CLICK = "click"
"""The file of what Click itself says; its keys are Click's own English sentences, so English needs none."""

_DOMAIN_OF = {context: domain for domain, contexts in DOMAINS.items() for context in contexts}


class _Missing(NullTranslations):
    """Asked for what a catalogue does not have: a fault of ours, and not the key for people to read."""

    def pgettext(self, context: str, message: str) -> str:
        raise KeyError(f"{context} {message}")


def message(context: str, key: str, language: str) -> str:
    """A message with its placeholders. Raises KeyError where there is none."""
    return _catalogue(_DOMAIN_OF[context], language).pgettext(context, key)


def compiled(domain: str, language: str) -> Path:
    """The file that is read, where gettext looks for it."""
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.mo"


@cache
def _catalogue(domain: str, language: str) -> GNUTranslations:
    with compiled(domain, language).open("rb") as file:
        found = GNUTranslations(file)
    found.add_fallback(_Missing())
    return found
