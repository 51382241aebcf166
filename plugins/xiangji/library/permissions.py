"""What people allowed, as a disclosed library carries it: the answers themselves are gone from there.

A page shows what is in the disclosed library. Paper asks here, since a consent for pages is none for packaging.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from xiangji.library.copied_words import WordIndex
from xiangji.model.vocabularies import ConsentMedium

Media = frozenset[ConsentMedium]


class WordsOf(Struct, frozen=True):
    """Words that one person said, and the media in which they may not be quoted."""

    person: str
    words: str
    kept_from: Media


class Permissions(Struct, frozen=True, dict=True):
    """What may not be shown where. Everything that is missing here may be shown as far as the library holds it."""

    unnamed: Mapping[str, Media] = field(default_factory=dict)
    """The media in which a name that stands on pages may not stand, by name."""
    unseen: Mapping[str, Media] = field(default_factory=dict)
    """The media in which a picture may not be shown, by the digest of its bytes."""
    words: tuple[WordsOf, ...] = ()
    """Words that may be quoted on pages, but not everywhere."""
    names: tuple[str, ...] = ()
    """Names that stand everywhere, such as those of products: to write one is no quotation."""

    def hides(self, digest: str, medium: ConsentMedium) -> bool:
        """Whether a picture with these bytes may not be shown in `medium`."""
        return medium in self.unseen.get(digest, frozenset())

    def unnamed_in(self, text: str, medium: ConsentMedium) -> str:
        """The first name in `text` that may not stand in `medium`; empty if there is none."""
        return next((n for n, kept in self.unnamed.items() if medium in kept and n in text), "")

    def unquoted_in(self, text: str, medium: ConsentMedium) -> str:
        """The id of the first person whose words in `text` may not be quoted in `medium`; empty if there is none."""
        kept, index = self._kept(medium)
        found = index.copies(text)
        return kept[found[0].of].person if found else ""

    def _kept(self, medium: ConsentMedium) -> tuple[list[WordsOf], WordIndex]:
        if medium not in self._known:
            kept = [each for each in self.words if medium in each.kept_from]
            self._known[medium] = (kept, WordIndex([each.words for each in kept], self.names))
        return self._known[medium]

    @cached_property
    def _known(self) -> dict[ConsentMedium, tuple[list[WordsOf], WordIndex]]:
        return {}
