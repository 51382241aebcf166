"""Pages of one shape are laid out once, and filled for each record.

A thousand batch sheets differ in their words, not in their layout. A template that only prints texts and
asks whether there is one (they decide nothing, `press`) gives the same document for two views of the same
shape, but for these texts. So the second time that a shape comes it is rendered with holes in place of
texts, and what stands between the holes is kept. A template that looks into a text cannot be kept so: a
hole refuses that, and its pages are rendered one by one as ever. What is kept is compared with the
document that was rendered as ever before it is used.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import Enum
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape

Render = Callable[[Mapping[str, Any]], str]
"""A view to a document."""

_MOST = 500
"""Shapes that are kept; a village has a few dozen."""

_DECIDING = frozenset({"icon", "key"})
"""Names of texts that choose something and are not printed: part of the shape."""

_BETWEEN = "\x00"
"""No text of a record holds it (`sources.text_file`)."""

_CONSTANT = frozenset({bool, int, float, type(None)})
_FIELDS: dict[type[Any], tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}


class Shared(dict[str, Any]):
    """A part of views that many have in common: not looked into, and the same only if it is the same
    object, which a shape therefore holds."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


class _Unlike(Exception):
    """A value of no known shape, or a look into a hole."""


class _Hole:
    """Stands for a text that is there. It can be printed and nothing else."""

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number

    def __html__(self) -> str:
        return f"\x00{self._number}\x00"

    def _refuse(self, *given: object) -> Any:
        raise _Unlike

    __str__ = __repr__ = __format__ = __eq__ = __hash__ = __len__ = __iter__ = __getitem__ = _refuse
    __lt__ = __gt__ = __add__ = __radd__ = __mod__ = __contains__ = __call__ = _refuse
    __getattr__ = _refuse

    def __bool__(self) -> bool:
        return True


class Stencils:
    """What is kept of one build's documents, by template and shape."""

    def __init__(self) -> None:
        self._kept: dict[object, _Stencil | None] = {}
        self._seen: set[object] = set()

    def document(self, template: str, view: Mapping[str, Any], render: Render) -> str:
        """The document of `view`, as `render` would give it."""
        shape: list[Any] = [template]
        texts: list[str] = []
        safe: list[str] = []
        try:
            _flatten(view, shape, texts, safe)
            key = tuple(shape)
            kept = self._kept.get(key)
        except (_Unlike, TypeError):
            return render(view)
        if kept is not None:
            filled = kept.fill(texts, safe)
            return render(view) if filled is None else filled
        document = render(view)
        if key in self._seen and key not in self._kept and len(self._kept) < _MOST:
            self._kept[key] = _cut(view, render, texts, safe, document)
        self._seen.add(key)
        return document


class _Stencil:
    """What stands between the holes, and which text goes into each."""

    def __init__(self, marked: str) -> None:
        pieces = marked.split(_BETWEEN)
        self._holes = [int(number) for number in pieces[1::2]]
        self._pieces = pieces

    def fill(self, texts: list[str], safe: list[str]) -> str | None:
        """A document; None where a text holds what separates them."""
        escaped = str(escape(_BETWEEN.join(texts))).split(_BETWEEN)
        if len(escaped) != max(len(texts), 1):
            return None
        escaped[len(texts) :] = safe
        self._pieces[1::2] = [escaped[number] for number in self._holes]
        return "".join(self._pieces)


def _cut(
    view: Mapping[str, Any], render: Render, texts: list[str], safe: list[str], document: str
) -> _Stencil | None:
    """The stencil of a view, if its document can be filled into it."""
    try:
        stencil = _Stencil(render(_holed(view, iter(range(len(texts))), _numbers(texts, safe))))
    except Exception:  # Whatever a template wanted of a text, it cannot have it of a hole.
        return None
    return stencil if stencil.fill(texts, safe) == document else None


def _numbers(texts: list[str], safe: list[str]) -> Any:
    return iter(range(len(texts), len(texts) + len(safe)))


def _flatten(value: Any, shape: list[Any], texts: list[str], safe: list[str]) -> None:
    """The shape of a value, and its texts in order: those to be escaped and those that are HTML."""
    kind = type(value)
    shape.append(kind)
    if kind is list or kind is tuple:
        shape.append(len(value))
        for each in value:
            _flatten(each, shape, texts, safe)
    elif kind is str or kind is Markup:
        shape.append(not value)
        if value:
            (texts if kind is str else safe).append(value)
    elif kind in _CONSTANT or kind is Shared or isinstance(value, Enum):
        shape.append(value)
    else:
        if kind is dict:
            names = tuple(value)
            shape.append(names)
            inside = value.values()
        else:
            names, read = _fields(kind)
            inside = read(value)
        for name, each in zip(names, inside, strict=True):
            if name in _DECIDING:
                shape.append(each)
            elif type(each) is str:  # As above, for what is most frequent.
                if each:
                    shape.append(str)
                    texts.append(each)
                else:
                    shape.append("")
            else:
                _flatten(each, shape, texts, safe)


def _fields(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The fields of a view's class, and how to read all of them at once."""
    if kind not in _FIELDS:
        if not dataclasses.is_dataclass(kind):
            raise _Unlike
        names = tuple(each.name for each in dataclasses.fields(kind))
        several = attrgetter(*names)
        _FIELDS[kind] = names, several if len(names) > 1 else lambda value: (several(value),)
    return _FIELDS[kind]


def _holed(value: Any, texts: Any, safe: Any) -> Any:
    """A value with holes in place of its texts, in the order of `_flatten`."""
    kind = type(value)
    if kind is str or kind is Markup:
        return _Hole(next(texts if kind is str else safe)) if value else value
    if kind is list or kind is tuple:
        return kind([_holed(each, texts, safe) for each in value])
    if kind is dict:
        return {
            name: each if name in _DECIDING else _holed(each, texts, safe)
            for name, each in value.items()
        }
    if kind in _CONSTANT or kind is Shared or isinstance(value, Enum):
        return value
    changed = {
        name: _holed(getattr(value, name), texts, safe)
        for name in _fields(kind)[0]
        if name not in _DECIDING
    }
    return dataclasses.replace(value, **changed)
