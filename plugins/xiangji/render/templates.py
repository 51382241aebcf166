"""The Jinja environment: each template is compiled once per process, and the bytecode is cached on disk.

Compiling twenty templates takes a quarter of a second, which is most of the time that a preview has. Templates are
part of the program and not of a village, so their bytecode is kept in the installation's cache, as Python's own
bytecode is.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import jinja2
from jinja2 import BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from xiangji.cache import Cache, installed
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.telephone import parted
from xiangji.model.values import said_date
from xiangji.views.used_styles import style_digest

THEME = "xiangji_theme"


@lru_cache(8)
def environment(packages: tuple[str, ...], preview: bool) -> Environment:
    """The environment for templates in `pages/` of these packages; the first package that has a template wins.

    A preview reloads templates that change.
    """
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
    made.globals["parted"] = parted
    made.globals["phrases"] = phrases
    return made


class Compiled(BytecodeCache):
    """Bytecode of templates, from this process or from an earlier build of this installation.

    It is executable code, so it is read only from a folder that no other user can write (`cache.installed`), never
    from a village.
    """

    here: ClassVar[dict[str, bytes]] = {}

    def __init__(self, kept: Cache) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the bytecode of a template, if it is cached."""
        key = _cache_key(bucket)
        made = self.here.get(key) or self._kept.stored(key, bytes)
        if made is not None:
            self.here[key] = made
            bucket.bytecode_from_string(made)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the bytecode of a template that Jinja has compiled."""
        key = _cache_key(bucket)
        self.here[key] = bucket.bytecode_to_string()
        self._kept.store(key, self.here[key])


def _cache_key(bucket: Bucket) -> str:
    return f"template {jinja2.__version__} {bucket.key} {bucket.checksum} {_own_digest()}"


@cache
def _own_digest() -> str:
    """A digest of this module, since compiled templates depend on the filters and globals defined here."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def package_folder(name: str) -> Path:
    """The folder of an installed package. Raises ImportError if there is none."""
    return Path(import_module(name).__path__[0])


def phrases(title: str) -> list[str]:
    """The parts of a title between which a line is best broken: after a pause, before an opening bracket."""
    return [each for each in _PHRASES.findall(title) if each.strip()] or [title]


_PHRASES = late_pattern(r"[（(《“‘「]?[^，。；、：！？,;:!?（(《“‘「]+[，。；、：！？,;:!?]*|.")


@cache
def _icon(name: str) -> Markup:
    """An inline SVG icon of the theme, drawn in the text's colour."""
    return Markup((package_folder(THEME) / "icons" / f"{name}.svg").read_text("utf-8").strip())  # noqa: S704 (a file of ours)


@cache
def style_sheet(name: str, packages: tuple[str, ...] = ()) -> str:
    """The text of a style sheet of the theme, or of the first of `packages` that has it.

    Raises FileNotFoundError if none has it.
    """
    places = [package_folder(each) / "styles" / f"{name}.css" for each in (THEME, *packages)]
    found = next((each for each in places if each.is_file()), places[0])
    return found.read_text("utf-8")


@lru_cache(64)
def policy(style: str, scripted: bool, based: bool) -> str:
    """A Content-Security-Policy that allows only this site's files and this page's inline style, by its digest."""
    digest = style_digest(style)
    base = "'self'" if based else "'none'"
    script = "script-src 'self'; " if scripted else ""
    return (
        f"default-src 'none'; img-src 'self'; media-src 'self'; connect-src 'self'; {script}"
        f"style-src 'sha256-{digest}'; base-uri {base}; form-action 'none'"
    )
