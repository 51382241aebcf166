"""Pages of one shape are laid out once, and filled for each record.

A thousand batch sheets differ in their words, not in their layout. A template that only prints texts and
asks whether there is one (they decide nothing, `press`) gives the same document for two views of the same
shape, but for these texts. So the second time that a shape comes it is rendered with holes in place of
texts, and what stands between the holes is kept. A template that looks into a text cannot be kept so: a
hole refuses that, and its pages are rendered one by one as ever. What is kept is compared with the
document that was rendered as ever before it is used.

Whoever makes many documents gives their view in parts: what several of them show (`SharedView`) is looked into
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace as replaced

Render = Callable[[Mapping[str, Any]], str]
"""A view to a document."""

_MOST = 500
"""Shapes that are kept; a village has a few dozen."""

_DECIDING = frozenset({"icon", "key"})
"""Names of texts that choose something and are not printed: part of the shape."""

_BETWEEN = "\x00"
"""No text of a record holds it (`readers.text_file`)."""

_CONSTANT = frozenset({bool, int, float, type(None)})
_Fields = tuple[tuple[str, ...], Callable[[Any], Iterable[Any]], bool]
_FIELDS: dict[type[Any], _Fields] = {}
_ROWS: set[type[Any]] = set()
"""Named tuples of which nothing decides: most of a view."""


class OpaqueView(dict[str, Any]):
    """Something in views that many have in common: not looked into, and the same only if it is the same
    object, which a shape therefore holds."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


class SharedView(dict[str, Any]):
    """A part of views that several documents show: looked into once, so it must not be changed."""

    __slots__ = ("_flat",)
    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__

    def __init__(self, *given: Mapping[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self._flat: _Flat | None = None

    def flat(self) -> _Flat:
        """Its shape and what it says. Raises `_Unlike`."""
        if self._flat is None:
            self._flat = _flat(self)
        return self._flat


View = Sequence[Mapping[str, Any]]
"""Parts whose names stand beside each other; of a name that two have, the later one, and of two mappings
what is in both."""

_Flat = tuple[list[Any], list[bytes]]
"""A shape, and its texts as they stand in a document."""


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


class PrecompiledPages:
    """What is kept of one build's documents, by template and shape."""

    def __init__(self) -> None:
        self._kept: dict[object, _PrecompiledPage | None] = {}
        self._seen: set[object] = set()

    def document(self, template: str, view: View, render: Render) -> bytes:
        """The document of `view`, as `render` would give it."""
        shape: list[Any] = [template]
        values: list[bytes] = []
        try:
            for part in view:
                part_shape, part_values = part.flat() if type(part) is SharedView else _flat(part)
                shape += part_shape
                values += part_values
            key = tuple(shape)
            kept = self._kept.get(key)
        except (_Unlike, TypeError):
            return render(merged(view)).encode()
        if kept is not None:
            return kept.fill(values)
        document = render(merged(view)).encode()
        if key in self._seen and key not in self._kept and len(self._kept) < _MOST:
            self._kept[key] = _cut(view, render, values, document)
        self._seen.add(key)
        return document


def merged(view: View) -> dict[str, Any]:
    """A view in one part, as templates read it."""
    made: dict[str, Any] = {}
    for part in view:
        for name, value in part.items():
            other = made.get(name)
            if isinstance(value, dict) and isinstance(other, dict):
                made[name] = {**other, **value}
            else:
                made[name] = value
    return made


class _PrecompiledPage:
    """What stands between the holes, and which text goes into each."""

    def __init__(self, marked: str) -> None:
        pieces = marked.split(_BETWEEN)
        self._holes = [int(number) for number in pieces[1::2]]
        self._pieces = [each.encode() for each in pieces]

    def fill(self, values: list[bytes]) -> bytes:
        """A document."""
        self._pieces[1::2] = [values[number] for number in self._holes]
        return b"".join(self._pieces)


def _cut(
    view: View, render: Render, values: list[bytes], document: bytes
) -> _PrecompiledPage | None:
    """The stencil of a view, if its document can be filled into it."""
    try:
        precompiled_page = _PrecompiledPage(render(merged(_with_holes(view))))
    except Exception:  # Whatever a template wanted of a text, it cannot have it of a hole.
        return None
    return precompiled_page if precompiled_page.fill(values) == document else None


def _with_holes(view: View) -> View:
    """A view with holes that are numbered as its texts are."""
    made, end = [], 0
    for part in view:
        _, texts, safe = _looked_into(part)
        between = end + len(texts)
        last = between + len(safe)
        made.append(_holed(dict(part), iter(range(end, between)), iter(range(between, last))))
        end = last
    return made


def _flat(part: Mapping[str, Any]) -> _Flat:
    shape, texts, safe = _looked_into(part)
    values = str(escape(_BETWEEN.join(texts))).encode().split(b"\0") if texts else []
    if len(values) != len(texts):  # A text holds what separates them.
        raise _Unlike
    if safe:
        values.extend([each.encode() for each in safe])
    return shape, values


def _looked_into(part: Mapping[str, Any]) -> tuple[list[Any], list[str], list[str]]:
    shape: list[Any] = []
    texts: list[str] = []
    safe: list[str] = []
    _flatten(dict(part) if type(part) is not dict else part, shape, texts, safe)
    return shape, texts, safe


def _flatten(value: Any, shape: list[Any], texts: list[str], safe: list[str]) -> None:
    """The shape of a value, and its texts in order: those to be escaped and those that are HTML."""
    kind = type(value)
    if kind is list or kind is tuple:
        shape += (kind, len(value))
        _flatten_all(value, shape, texts, safe)
    elif kind is dict:
        names = tuple(value)
        shape.append(names)
        if _DECIDING.isdisjoint(names):
            _flatten_all(value.values(), shape, texts, safe)
        else:
            _flatten_some(names, value.values(), shape, texts, safe)
    elif kind is str or kind is Markup:
        shape += (kind, not value)
        if value:
            (texts if kind is str else safe).append(value)
    elif kind in _CONSTANT or kind is OpaqueView or isinstance(value, Enum):
        shape += (kind, value)
    else:
        names, read, plain = _fields(kind)
        shape.append(kind)
        if plain:
            _flatten_all(read(value), shape, texts, safe)
        else:
            _flatten_some(names, read(value), shape, texts, safe)


def _flatten_all(
    values: Iterable[Any], shape: list[Any], texts: list[str], safe: list[str]
) -> None:
    for each in values:
        kind = type(each)
        if kind is str:  # As in `_flatten`, in short, for what is most frequent.
            if each:
                texts.append(each)
                shape.append(1)
            else:
                shape.append(0)
        elif kind in _ROWS:
            shape.append(kind)
            _flatten_all(each, shape, texts, safe)
        else:
            _flatten(each, shape, texts, safe)


def _flatten_some(
    names: Iterable[str],
    values: Iterable[Any],
    shape: list[Any],
    texts: list[str],
    safe: list[str],
) -> None:
    """Values of which some decide by their names."""
    for name, each in zip(names, values, strict=True):
        if name in _DECIDING:
            shape.append(each)
        else:
            _flatten_all((each,), shape, texts, safe)


def _fields(kind: type[Any]) -> _Fields:
    """The fields of a view's class, how to read all of them at once, and whether none decides."""
    if kind not in _FIELDS:
        if issubclass(kind, tuple):
            names = getattr(kind, "_fields", ())
        elif issubclass(kind, Struct):
            names = kind.__struct_fields__
        else:
            names = ()
        if not names:
            raise _Unlike
        plain = _DECIDING.isdisjoint(names)
        if plain and issubclass(kind, tuple):
            _ROWS.add(kind)
        _FIELDS[kind] = names, _reader(kind, names), plain
    return _FIELDS[kind]


def _reader(kind: type[Any], names: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    if issubclass(kind, tuple):
        return iter
    several = attrgetter(*names)
    return several if len(names) > 1 else lambda value: (several(value),)


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
    if kind in _CONSTANT or kind is OpaqueView or isinstance(value, Enum):
        return value
    changed = {
        name: _holed(getattr(value, name), texts, safe)
        for name in _fields(kind)[0]
        if name not in _DECIDING
    }
    replace = getattr(value, "_replace", None)
    return replace(**changed) if replace else replaced(value, **changed)
