"""The folders of a village that hold records."""

from __future__ import annotations

FOLDER = "village"
"""That of all kinds that have no folder of their own."""

CONTENT_FOLDERS = ("products", "stories", FOLDER)
"""All of them: read, watched, staged, never published as they are, and never written over."""
