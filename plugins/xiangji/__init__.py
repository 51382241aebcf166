"""Xiangji 乡记: village stories, products and batches to pages and codes that a stranger can trust.

The names in `__all__` are the public interface. `site_src/dev/api.md` tells what each is for, what else is promised,
and how a promise ends. Every other module may change with any version.

Begin with `build_site(settings, found)`: it reads a village and returns problems and outputs; `xiangji.output` writes
them. `site_src/dev/architecture.md` explains the way of the data.

Compatible as well: addresses (`xiangji.urls`), since they are printed; the entry-point group `xiangji.families` with
`Family`, `Page`, `Artifact` and `RenderContext`, and `xiangji.kinds` with `RecordKind`; the keys of records in both languages.
What not to do: import a host outside `xiangji.hosts.mkdocs_plugin`, or read a clock or a disk in
`checks` and `pages`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xiangji.build import Site
    from xiangji.build import build as build_site
    from xiangji.model.kind import RecordKind
    from xiangji.model.rule import Rule
    from xiangji.problems import Problem, Severity, problem
    from xiangji.readers.config import read_settings
    from xiangji.render.families import Family
    from xiangji.render.outputs import Artifact, Page
    from xiangji.settings import Settings

    __version__: str

__all__ = [
    "Artifact",
    "Family",
    "Page",
    "Problem",
    "RecordKind",
    "Rule",
    "Settings",
    "Severity",
    "Site",
    "__version__",
    "build_site",
    "problem",
    "read_settings",
]

_HOMES = {
    "Artifact": "xiangji.render.outputs",
    "Family": "xiangji.render.families",
    "Page": "xiangji.render.outputs",
    "Problem": "xiangji.problems",
    "RecordKind": "xiangji.model.kind",
    "Rule": "xiangji.model.rule",
    "Settings": "xiangji.settings",
    "Severity": "xiangji.problems",
    "Site": "xiangji.build",
    "build_site": "xiangji.build",
    "problem": "xiangji.problems",
    "read_settings": "xiangji.readers.config",
}
"""The module of each public name. It is imported when somebody asks for the name: most commands need few of them, and
`import xiangji` alone reads no other module."""


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it.

    Raises `AttributeError` for every other name, so that `from xiangji import urls` goes on to look for a module.
    """
    if name == "__version__":
        from importlib.metadata import version

        return version("xiangji")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # `xiangji.build` is a module, so its function has a longer name here.
    return getattr(import_module(_HOMES[name]), name.removesuffix("_site"))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
