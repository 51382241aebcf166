"""The folders of a village that contain records."""

from __future__ import annotations

FOLDER = "village"
"""The folder of all kinds that have no folder of their own."""

CONTENT_FOLDERS = ("products", "stories", FOLDER)
"""All content folders: they are read, watched and staged, never published as they are, and never written to."""

PAPERS = "certificates"
"""The folder of papers that prove something, in the village or in a product's folder. Only their names are read."""
