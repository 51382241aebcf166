"""What a host would run that a village brings: told by `check`, run by none of our own commands.

MkDocs loads hooks, plugins, extensions and Python tags that `mkdocs.yml` names, and a theme's templates are programs
too. That is what they are for; but whoever opens a stranger's village should know before.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.problems import Report

_PYTHON = "tag:yaml.org,2002:python/"
_RELEASED = ("material.", "materialx.", "pymdownx.", "markdown.")
"""Packages that a host brings: what lies in them is no village's."""

_PLUGINS = frozenset(
    "xiangji search autorefs blog group info meta offline optimize privacy projects social tags typeset".split()
)
_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
_THEMES = frozenset({"material", "mkdocs", "readthedocs", "xiangji"})


def tagged(tag: str | None) -> str | None:
    """The object of a village that a YAML tag names for a host to import or call; None for any other tag."""
    if not tag or not tag.startswith(_PYTHON):
        return None
    name = tag.removeprefix(_PYTHON).partition(":")[2]
    return None if name.startswith(_RELEASED) else name or tag


def tell_programs(top: Mapping, report: Report) -> None:
    """Report each program that a host would run by the settings `top` of `mkdocs.yml`, besides tags."""
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
    """What stands in a value, in a list, or as the keys of either."""
    if isinstance(node, Scalar):
        if node.text and node.text != "null":
            yield node.text, node.location
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _names(item)
    elif isinstance(node, Mapping):
        yield from ((key.text, key.location) for key, _ in node.entries)
