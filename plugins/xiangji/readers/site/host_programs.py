"""Reports the code of a village that a host would run. Our own commands run none of it.

MkDocs loads the hooks, plugins, extensions and Python tags that `mkdocs.yml` names, and the templates of a theme are
code too. This is intended, but people who open a village of a stranger should know it before.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.problems import Report

_PYTHON = "tag:yaml.org,2002:python/"
_RELEASED = ("material.", "materialx.", "pymdownx.", "markdown.")
"""Packages that come with a host. Objects in them are not code of the village."""

_PLUGINS = frozenset(
    "xiangji search autorefs blog group info meta offline optimize privacy projects social tags typeset".split()
)
_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
_THEMES = frozenset({"material", "mkdocs", "readthedocs", "xiangji"})


def tagged(tag: str | None) -> str | None:
    """The Python object of the village that a YAML tag makes a host import or call. None for any other tag."""
    if not tag or not tag.startswith(_PYTHON):
        return None
    name = tag.removeprefix(_PYTHON).partition(":")[2]
    return None if name.startswith(_RELEASED) else name or tag


def tell_programs(top: Mapping, report: Report) -> None:
    """Report all code that a host would run by the settings `top` of `mkdocs.yml`, except by tags."""
    for what, what_en, name, place in _programs(top):
        report.add("host-runs", place, what=what, what_en=what_en, value=name)


def _programs(top: Mapping) -> Iterator[tuple[str, str, str, Location]]:
    for name, place in _names(top.get("hooks")):
        yield "挂钩", "the hook", name, place
    for name, place in _names(top.get("INHERIT")):
        yield "另一份设置", "what another configuration names", name, place
    for name, place in _names(top.get("plugins")):
        if name.removeprefix("material/") not in _PLUGINS:
            yield "插件", "the plugin", name, place
    for name, place in _names(top.get("markdown_extensions")):
        if name not in _EXTENSIONS and not name.startswith(_RELEASED):
            yield "Markdown 扩展", "the Markdown extension", name, place
    theme = top.get("theme")
    named = theme.get("name") if isinstance(theme, Mapping) else theme
    for name, place in _names(named):
        if name not in _THEMES:
            yield "主题", "the theme", name, place
    for name, place in _names(theme.get("custom_dir") if isinstance(theme, Mapping) else None):
        yield "模板文件夹", "the folder of templates", name, place


def _names(node: Node | None) -> Iterator[tuple[str, Location]]:
    """Yield the names in a value: the text itself, the items of a list, or the keys of a mapping."""
    if isinstance(node, Scalar):
        if node.text and node.text != "null":
            yield node.text, node.location
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _names(item)
    elif isinstance(node, Mapping):
        yield from ((key.text, key.location) for key, _ in node.entries)
