"""What `mkdocs.yml` says of the files below `docs_dir`: which are published raw, which a host alone uses, which not at all."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from xiangji.records.location import Location
from xiangji.records.node import Mapping, Node, Scalar, Sequence
from xiangji.settings import SiteWishes

RAW = ("raw", "原样")
"""The option of our plugin that names files to publish as they are."""


def our_options(top: Mapping) -> Mapping | None:
    """What stands under `plugins: - xiangji:`, if anything does."""
    plugins = top.get("plugins")
    options: Node | None = None
    if isinstance(plugins, Sequence):
        for item in plugins.items:
            if isinstance(item, Mapping):
                options = item.get("xiangji") or options
    elif isinstance(plugins, Mapping):
        options = plugins.get("xiangji")
    return options if isinstance(options, Mapping) else None


def read_wishes(top: Mapping, docs: str) -> SiteWishes:
    """The wishes in a configuration whose hand-written pages lie in `docs`."""
    options = our_options(top) or Mapping((), Location("mkdocs.yml"))
    raw = next((value for key, value in options.entries if key.text in RAW), None)
    hosts = [
        _plain(each) for name in ("extra_css", "extra_javascript") for each in _texts(top.get(name))
    ]
    theme = top.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    hosts += [f"{below}/" for each in _texts(custom) if (below := _below(docs, each))]
    patterns = [line for name in ("exclude_docs", "draft_docs") for line in _lines(top.get(name))]
    return SiteWishes(
        tuple(_plain(each) for each in _texts(raw)),
        tuple(hosts),
        tuple(patterns),
        raw.location if raw else Location("mkdocs.yml"),
    )


def _texts(node: Node | None) -> Iterator[str]:
    """A text, the texts of a list, and what items with several facts call their path."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for each in node.items:
            yield from _texts(each.get("path") if isinstance(each, Mapping) else each)


def _lines(node: Node | None) -> list[str]:
    return [line for text in _texts(node) for line in text.splitlines()]


def _plain(path: str) -> str:
    return posixpath.normpath(path.strip().replace("\\", "/"))


def _below(docs: str, path: str) -> str:
    """A path of the village as one below `docs`; empty if it lies elsewhere."""
    inner, outer = _plain(path), _plain(docs)
    return inner.removeprefix(f"{outer}/") if inner.startswith(f"{outer}/") else ""
