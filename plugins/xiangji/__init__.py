"""Xiangji 乡记 turns village stories, products and batches into pages and codes that a stranger can trust.

The names in `__all__` are the public interface. `site_src/dev/api.md` explains each of them, what else is promised,
and how a promise ends. Every other module may change with any version.

Begin with `build_site(settings, found)`: it reads a village and returns problems and outputs. `xiangji.output` writes
them. `site_src/dev/architecture.md` explains the flow of data.

These stay compatible too: addresses (`xiangji.urls`), because they are printed; the entry-point group
`xiangji.families` with `Family`, `Page`, `Artifact` and `RenderContext`; the group `xiangji.kinds` with `RecordKind`;
the keys of records in both languages.

Do not import a host outside `xiangji.hosts.mkdocs_plugin`. Do not read the clock or the disk in `checks` and `pages`.
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

_MODULES = {
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
"""The module of each public name. It is imported when the name is first used.

Most commands need few of the names, and `import xiangji` alone imports no other module.
"""


def __getattr__(name: str) -> Any:
    """A public name, imported from its module.

    Raises `AttributeError` for every other name, so that `from xiangji import urls` then looks for a submodule.
    """
    if name == "__version__":
        from importlib.metadata import version

        return version("xiangji")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # `xiangji.build` is a module, so its function `build` is named `build_site` here.
    return getattr(import_module(_MODULES[name]), name.removesuffix("_site"))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
