"""Page families: units of pages that a village switches on by name, and that other distributions can add.

A distribution declares a family in the entry-point group `xiangji.families`:

    [project.entry-points."xiangji.families"]
    festivals = "village_festivals:FAMILY"

A village names it under `plugins: - xiangji:` in `mkdocs.yml`. Families of this distribution are on unless they are
switched off (`catalogue: false`), except posters and the style page. Those two, and families of other distributions,
are on only if they are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from xiangji.entry_points import FAMILIES, KINDS, EntryPoint, installed, is_ours, source_of
from xiangji.kinds.installed import kind_of
from xiangji.model.fields import record
from xiangji.model.location import NOWHERE, Location, Origin
from xiangji.model.nearest import suggestion
from xiangji.problems import Problem, Report
from xiangji.readers.record_reader import read_record
from xiangji.render.outputs import Output, Shard
from xiangji.render.templates import package_folder
from xiangji.settings import Settings

if TYPE_CHECKING:
    from xiangji.render.context import RenderContext

_ON_REQUEST = ("posters", "specimen")
"""Families of this distribution that are on only if a village names them."""


@record("这一族页面", "This family")
class NoOptions(Struct, frozen=True):
    """The options of a family that has none."""

    origin: Origin = NOWHERE


class Family(Struct, frozen=True):
    """One family of pages.

    `outputs` is called once per build with the render context and the family's options, an instance of `options`.
    `options` is a record class, so mistakes in options are reported like mistakes in any record. `templates` names a
    package with a folder `pages/` of Jinja templates, if the family has its own. `shards` returns what has a file for
    every batch and is too much for one process. The render context in which a shard is made has the whole village
    except the texts of stories.
    """

    name: str
    outputs: Callable[[RenderContext, Any], Iterable[Output]]
    options: type[Any] = NoOptions
    templates: str | None = None
    shards: Callable[[RenderContext, Any], Iterable[Shard]] | None = None


class ChosenFamilies(Struct, frozen=True):
    """The families that are on, with their options, sorted by name."""

    families: tuple[tuple[Family, Any], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(family.name for family, _ in self.families)

    def __contains__(self, wanted: str | type[Any]) -> bool:
        """Whether a family with this name is on, or whether records of this class have pages."""
        if isinstance(wanted, str):
            # This is called for every link, and a list is quicker than any().
            return wanted in [family.name for family, _ in self.families]
        kind = kind_of(wanted)
        return kind is not None and (not kind.family or kind.family in self)


def choose(settings: Settings) -> tuple[ChosenFamilies, tuple[Problem, ...]]:
    """The families that `settings` switch on, and problems for unknown names and wrong options."""
    report = Report()
    found = installed(FAMILIES)
    for name, node in settings.families.items():
        if name not in found and name not in installed(KINDS):
            near, near_en = suggestion(name, found)
            known = "、".join(sorted(found))
            report.add(
                "family-unknown", node.location, value=name, near=near, near_en=near_en, known=known
            )
    chosen: list[tuple[Family, Any]] = []
    for name in sorted(found):
        entry = found[name]
        ours = is_ours(entry)
        on = (ours and name not in _ON_REQUEST) or name in settings.families
        if name in settings.disabled or not on:
            continue
        given = settings.families.get(name)
        place = given.location if given else Location(settings.config_file)
        family = _loaded(entry, place, report)
        if family is None:
            continue
        options = read_record(family.options, given, report, place)
        if options is not None:
            chosen.append((family, options))
    return ChosenFamilies(tuple(chosen)), tuple(report.problems)


def _loaded(entry: EntryPoint, place: Location, report: Report) -> Family | None:
    """The family that an entry point names, or None after a problem is reported.

    It catches every exception, because the program of another distribution must not stop the build.
    """
    try:
        found = entry.load()
        if not isinstance(found, Family):
            raise TypeError(f"{entry.value} is no Family")
        if found.templates is not None:
            package_folder(found.templates)
        return found
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        source = source_of(entry)
        report.add("family-broken", place, value=entry.name, source=source, why=said, why_en=said)
        return None
