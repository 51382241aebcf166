"""What a build is asked to do, free of any host. Frozen: nothing changes it on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from xiangji.model.location import Location
from xiangji.model.node import Mapping as NodeMapping


class NavItem(Struct, frozen=True):
    """One entry of the navigation: a hand-written or generated page, or a titled group."""

    title: str
    uri: str = ""
    children: tuple[NavItem, ...] = ()
    place: Location | None = None
    """Where it stands in the configuration."""


class Settings(Struct, frozen=True):
    """Host-free options of one build.

    `root` is the village's folder on disk; `today` is the day the site is built for, in China;
    `families` holds the options of each page family by name, `disabled` those switched off.
    """

    root: Path
    today: date
    config_file: str = "mkdocs.yml"
    site_name: str = ""
    site_url: str | None = None
    docs_dir: str = "site_src"
    site_dir: str = "site"
    nav: tuple[NavItem, ...] = ()
    families: Mapping[str, NodeMapping] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    reading: tuple[str, ...] = ()
    """Folders below `docs_dir` whose hand-written pages a host makes, for its navigation and search. Every other
    page has our own frame."""
    closed: bool = True
    """Whether nothing takes part in the host's build but the village's files and released programs: no
    hook, no plugin of somebody else's, no variable of the environment. Then the same files give the
    same site."""
    preview: bool = False
    """Whether pages are for a live preview, whose host puts a script of its own into them."""
    since: str = ""
    """The revision that the register of printed codes is compared with; the latest if empty."""
    site_dir_at: Location = Location("mkdocs.yml")
    """Where `site_dir` is written. No page depends on it."""
    named: frozenset[str] = frozenset()
    """Styles and scripts below `docs_dir` that the configuration puts into every page."""
    trusted: frozenset[str] = frozenset()
    """Files below `docs_dir` that the village answers for: published as they are."""

    def is_read(self, uri: str) -> bool:
        """Whether a host makes the hand-written page at a path below `docs_dir`."""
        return any(uri.startswith(f"{folder}/") for folder in self.reading)
