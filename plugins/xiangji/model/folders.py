"""The folders of a village that contain records."""

from __future__ import annotations

FOLDER = "village"
"""The folder of all kinds that have no folder of their own."""

CONTENT_FOLDERS = ("products", "stories", FOLDER)
"""All content folders: they are read, watched and staged, never published as they are, and never written to."""

_WORDS = ("product", "goods", "stor", "villag", "产品", "商品", "故事", "工作坊", "村")
_LETTERS = 1
"""How many letters may stand in only one of two names of which one is a slip of the other."""


def may_be_content(name: str) -> bool:
    """Whether a folder's name may be meant for a content folder: a quick answer, before anybody looks closer."""
    plain = name.lower()
    if name[0] in "._" or name in CONTENT_FOLDERS:
        return False
    return any(word in plain for word in _WORDS) or any(
        len(set(plain) ^ set(each)) <= _LETTERS for each in CONTENT_FOLDERS
    )


PAPERS = "certificates"
"""The folder of papers that prove something, in the village or in a product's folder. Only their names are read."""
