"""The templates' engine: compiled once for as long as the program runs, and kept for the next time.

Compiling twenty templates takes a quarter of a second, which is most of what a preview has. Like modules they are
part of the program and not of a village: what is compiled is kept where Python keeps what it compiles.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import ClassVar

import jinja2
from jinja2 import BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from xiangji.cache import Cache, installed
from xiangji.model.values import said_date

THEME = "xiangji_theme"


@lru_cache(8)
def environment(packages: tuple[str, ...], preview: bool) -> Environment:
    """The engine for templates in `pages/` of these packages, the first that has one. A preview sees
    when one is changed."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(each, "pages") for each in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=preview,
        bytecode_cache=Compiled(installed()),
    )
    made.filters["said"] = lambda day: said_date(day) if day else ""
    made.globals["icon"] = _icon
    return made


class Compiled(BytecodeCache):
    """Templates that another build compiled: of this process, or an earlier one of this installation that left
    them where nobody else writes (`installed`). They are code, so none ever comes out of a village."""

    here: ClassVar[dict[str, bytes]] = {}

    def __init__(self, kept: Cache) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if it is kept."""
        key = _key(bucket)
        made = self.here.get(key) or self._kept.stored(key, bytes)
        if made is not None:
            self.here[key] = made
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that Jinja has compiled."""
        key = _key(bucket)
        self.here[key] = bucket.bytecode_to_string()
        self._kept.store(key, self.here[key])


def _key(bucket: Bucket) -> str:
    return f"template {jinja2.__version__} {bucket.key} {bucket.checksum} {_helpers()}"


@cache
def _helpers() -> str:
    """What a compiled template takes for granted: this module."""
    return hashlib.sha256((files("xiangji.render") / "templates.py").read_bytes()).hexdigest()


@cache
def _icon(name: str) -> Markup:
    """An inline icon of the theme, drawn in the text's colour."""
    return Markup((files(THEME) / "icons" / f"{name}.svg").read_text("utf-8").strip())  # noqa: S704 (a file of ours)
