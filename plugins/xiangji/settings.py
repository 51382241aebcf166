"""The settings of a build, without anything that belongs to one host. They are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from xiangji.model.location import Location
from xiangji.model.node import Mapping as NodeMapping
from xiangji.model.node import Scalar


class NavItem(Struct, frozen=True):
    """One entry of the navigation: a hand-written or generated page, or a titled group."""

    title: str
    uri: str = ""
    children: tuple[NavItem, ...] = ()
    place: Location | None = None
    """Its location in the configuration."""


class Settings(Struct, frozen=True):
    """The options of one build, without those of a host.

    `root` is the village's folder on disk. `today` is the day in China for which the site is built. `families`
    contains the options of each page family by name, `disabled` the names of families that are switched off.
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
    """Folders below `docs_dir` whose hand-written pages a host makes.

    The host gives them its navigation and search. All other pages have our own frame.
    """
    closed: bool = True
    """Whether only the village's files and released programs take part in the host's build.

    There is then no hook, no other plugin and no environment variable, so the same files always give the same site.
    """
    preview: bool = False
    """Whether pages are for a live preview, whose host inserts a script into them."""
    since: str = ""
    """The Git revision with which the register of printed codes is compared; the latest if empty."""
    compared: bool = False
    """Whether labels are compared with earlier versions in Git. `xiangji check` asks for it; a build reads files only."""
    site_dir_at: Location = Location("mkdocs.yml")
    """The location of `site_dir` in the configuration. No page depends on it."""
    named: frozenset[str] = frozenset()
    """Styles and scripts below `docs_dir` that the configuration adds to every page."""
    trusted: frozenset[str] = frozenset()
    """Files below `docs_dir` for which the village takes responsibility: they are published unchanged."""

    manuals: tuple[str, ...] = ()
    """The folders of `reading`, whoever makes their pages: long texts for writers and developers, which sell nothing."""
    texts: tuple[Scalar, ...] = ()
    """Every text of the configuration that a host or a page may show."""

    def is_read(self, uri: str) -> bool:
        """Whether a host makes the hand-written page at a path below `docs_dir`."""
        return any(uri.startswith(f"{folder}/") for folder in self.reading)
