"""Renders a template once per shape of view, and fills the result for each further record.

A thousand batch sheets differ in their texts, not in their layout. Our templates only print texts and test whether a
text is empty (templates decide nothing, see `context`). Two views of the same shape therefore give the same document
except for these texts. The shape is the view without its texts: classes, names, lengths, numbers, flags.

At the second view of a shape, the template is rendered with placeholders instead of texts, and the pieces between the
placeholders are kept. A placeholder raises if the template inspects it; then the pages of this shape are rendered
normally. Before a precompiled page is used, its filled document is compared with the one rendered normally.

A caller that makes many documents passes the view in parts. A part that several documents share (`SharedView`) is
analysed only once.
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
"""Renders a view to a document."""

_SHAPE_LIMIT = 500
"""Maximum number of shapes that are kept. A village has a few dozen."""

_SHAPE_NAMES = frozenset({"icon", "key"})
"""Names of texts that select something, such as an icon, and are not printed. They belong to the shape."""

_SEPARATOR = "\x00"
"""A separator that no text of a record contains (`readers.text_file`)."""

_CONSTANT: set[type[Any]] = {bool, int, float, type(None)}
"""Classes of values that belong to the shape: these, those of `OpaqueView`, and enumerations."""
_Read = Callable[[Any], Iterable[Any]]
_Fields = tuple[tuple[str, ...], _Read, _Read | None]
_FIELDS: dict[type[Any], _Fields] = {}
_PLAIN_TUPLES: set[type[Any]] = set()
"""Named tuples without any field in `_SHAPE_NAMES`. Most of a view consists of them."""


class OpaqueView(dict[str, Any]):
    """A value that many views share. It is not analysed, and it equals only itself.

    The shape holds a reference to it, so that the comparison by identity stays valid.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


class SharedView(dict[str, Any]):
    """A part of a view that several documents share. It is analysed once, so it must not be changed afterwards."""

    __slots__ = ("_flat",)
    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__

    def __init__(self, *given: Mapping[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self._flat: _FlatView | None = None

    def flat(self) -> _FlatView:
        """Its shape and its escaped texts. Raises `_NotPrecompilable` if it contains a value of an unknown class."""
        if self._flat is None:
            self._flat = _flat(self)
        return self._flat


View = Sequence[Mapping[str, Any]]
"""The parts of a view. If two parts have the same name, the later value wins; two dicts are merged."""

_FlatView = tuple[list[Any], list[bytes]]
"""A shape, and its texts as UTF-8 HTML in the order of the document's view."""


class _NotPrecompilable(Exception):
    """A view cannot be precompiled: it contains a value of an unknown class, or a template inspects a placeholder."""


class _Placeholder:
    """A placeholder for a text that is not empty.

    It can be printed and tested for truth; everything else raises `_NotPrecompilable`.
    """

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number

    def __html__(self) -> str:
        return f"\x00{self._number}\x00"

    def _refuse(self, *given: object) -> Any:
        raise _NotPrecompilable

    __str__ = __repr__ = __format__ = __eq__ = __hash__ = __len__ = __iter__ = __getitem__ = _refuse
    __lt__ = __gt__ = __add__ = __radd__ = __mod__ = __contains__ = __call__ = _refuse
    __getattr__ = _refuse

    def __bool__(self) -> bool:
        return True


class PrecompiledPages:
    """The precompiled pages of one build, by template and shape."""

    def __init__(self) -> None:
        self._kept: dict[object, _PrecompiledPage | None] = {}
        self._seen: set[object] = set()

    def document(self, template: str, view: View, render: Render) -> bytes:
        """The document of `view` as UTF-8 bytes, the same as `render` would return."""
        shape: list[Any] = [template]
        values: list[bytes] = []
        try:
            for part in view:
                part_shape, part_values = part.flat() if type(part) is SharedView else _flat(part)
                shape += part_shape
                values += part_values
            key = tuple(shape)
            kept = self._kept.get(key)
        except (_NotPrecompilable, TypeError):
            return render(merged(view)).encode()
        if kept is not None:
            return kept.fill(values)
        document = render(merged(view)).encode()
        if key in self._seen and key not in self._kept and len(self._kept) < _SHAPE_LIMIT:
            self._kept[key] = _precompiled(view, render, values, document)
        self._seen.add(key)
        return document


def merged(view: View) -> dict[str, Any]:
    """A view in one dict, as templates read it."""
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
    """A document cut at its placeholders, and the number of the text for each placeholder."""

    def __init__(self, marked: str) -> None:
        pieces = marked.split(_SEPARATOR)
        self._holes = [int(number) for number in pieces[1::2]]
        self._pieces = [each.encode() for each in pieces]

    def fill(self, values: list[bytes]) -> bytes:
        """The document with these texts."""
        self._pieces[1::2] = [values[number] for number in self._holes]
        return b"".join(self._pieces)


def _precompiled(
    view: View, render: Render, values: list[bytes], document: bytes
) -> _PrecompiledPage | None:
    """The precompiled page for the shape of a view, or None if filling it does not give `document`."""
    try:
        precompiled_page = _PrecompiledPage(render(merged(_with_placeholders(view))))
    except Exception:  # Whatever a template does with a text, it may fail with a placeholder.
        return None
    return precompiled_page if precompiled_page.fill(values) == document else None


def _with_placeholders(view: View) -> View:
    """A view with placeholders, numbered in the order of its texts."""
    made, end = [], 0
    for part in view:
        _, texts, safe = _analysed(part)
        between = end + len(texts)
        last = between + len(safe)
        made.append(_replaced(dict(part), iter(range(end, between)), iter(range(between, last))))
        end = last
    return made


def _flat(part: Mapping[str, Any]) -> _FlatView:
    shape, texts, safe = _analysed(part)
    values = str(escape(_SEPARATOR.join(texts))).encode().split(b"\0") if texts else []
    if len(values) != len(texts):  # A text contains the separator.
        raise _NotPrecompilable
    if safe:
        values.extend([each.encode() for each in safe])
    return shape, values


def _analysed(part: Mapping[str, Any]) -> tuple[list[Any], list[str], list[str]]:
    shape: list[Any] = []
    texts: list[str] = []
    safe: list[str] = []
    _flatten(dict(part) if type(part) is not dict else part, shape, texts, safe)
    return shape, texts, safe


def _flatten(value: Any, shape: list[Any], texts: list[str], safe: list[str]) -> None:
    """Append the shape of a value to `shape`, and its texts to `texts` (to be escaped) or `safe` (already HTML)."""
    kind = type(value)
    if kind is list or kind is tuple:
        shape += (kind, len(value))
        _flatten_all(value, shape, texts, safe)
    elif kind is dict:
        names = tuple(value)
        shape.append(names)
        if _SHAPE_NAMES.isdisjoint(names):
            _flatten_all(value.values(), shape, texts, safe)
        else:
            shape += [value[name] for name in names if name in _SHAPE_NAMES]
            others = [value[name] for name in names if name not in _SHAPE_NAMES]
            _flatten_all(others, shape, texts, safe)
    elif kind is str or kind is Markup:
        shape += (kind, not value)
        if value:
            (texts if kind is str else safe).append(value)
    elif _is_constant(value):
        shape += (kind, value)
    else:
        _, read, shaped = _fields(kind)
        shape.append(kind)
        if shaped:
            shape += shaped(value)
        _flatten_all(read(value), shape, texts, safe)


def _flatten_all(
    values: Iterable[Any], shape: list[Any], texts: list[str], safe: list[str]
) -> None:
    for each in values:
        kind = type(each)
        if kind is str:  # A short form of `_flatten` for the most frequent types.
            if each:
                texts.append(each)
                shape.append(1)
            else:
                shape.append(0)
        elif kind in _CONSTANT:
            shape += (kind, each)
        elif kind is list or kind is tuple:
            shape += (kind, len(each))
            _flatten_all(each, shape, texts, safe)
        elif kind in _PLAIN_TUPLES:
            shape.append(kind)
            _flatten_all(each, shape, texts, safe)
        else:
            _flatten(each, shape, texts, safe)


def _is_constant(value: Any) -> bool:
    """Whether a value belongs to the shape as it is. The classes of such values are noted."""
    kind = type(value)
    if kind not in _CONSTANT and (kind is OpaqueView or isinstance(value, Enum)):
        _CONSTANT.add(kind)
    return kind in _CONSTANT


def _fields(kind: type[Any]) -> _Fields:
    """Field names of a view class, a function that reads what belongs to the document, and one that reads what belongs
    to the shape (None if nothing does).
    """
    if kind not in _FIELDS:
        if issubclass(kind, tuple):
            names = getattr(kind, "_fields", ())
        elif issubclass(kind, Struct):
            names = kind.__struct_fields__
        else:
            names = ()
        if not names:
            raise _NotPrecompilable
        shaped = tuple(name for name in names if name in _SHAPE_NAMES)
        if not shaped and issubclass(kind, tuple):
            _PLAIN_TUPLES.add(kind)
        others = tuple(name for name in names if name not in _SHAPE_NAMES)
        _FIELDS[kind] = names, _reader(others), _reader(shaped) if shaped else None
    return _FIELDS[kind]


def _reader(names: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    """A function that reads fields of a value."""
    if not names:
        return lambda _: ()
    several = attrgetter(*names)
    return several if len(names) > 1 else lambda value: (several(value),)


def _replaced(value: Any, texts: Any, safe: Any) -> Any:
    """A value with placeholders instead of its texts, in the order of `_flatten`."""
    kind = type(value)
    if kind is str or kind is Markup:
        return _Placeholder(next(texts if kind is str else safe)) if value else value
    if kind is list or kind is tuple:
        return kind([_replaced(each, texts, safe) for each in value])
    if kind is dict:
        return {
            name: each if name in _SHAPE_NAMES else _replaced(each, texts, safe)
            for name, each in value.items()
        }
    if _is_constant(value):
        return value
    changed = {
        name: _replaced(getattr(value, name), texts, safe)
        for name in _fields(kind)[0]
        if name not in _SHAPE_NAMES
    }
    replace = getattr(value, "_replace", None)
    return replace(**changed) if replace else replaced(value, **changed)
