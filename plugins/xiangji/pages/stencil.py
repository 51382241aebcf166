"""Pages of one shape are laid out once, and filled for each record.

A thousand batch sheets differ in their words, not in their layout. A template that only prints texts and
asks whether there is one (they decide nothing, `press`) gives the same document for two views of the same
shape, but for these texts. So the second time that a shape comes it is rendered with holes in place of
texts, and what stands between the holes is kept. A template that looks into a text cannot be kept so: a
hole refuses that, and its pages are rendered one by one as ever. What is kept is compared with the
document that was rendered as ever before it is used.

Whoever makes many documents gives their view in parts: what is the same in all of them (`Lasting`) is put
into the stencil itself, and what several documents of one record show (`Part`) is looked into once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from operator import attrgetter
from typing import Any, NamedTuple

from markupsafe import Markup, escape

Render = Callable[[Mapping[str, Any]], str]
"""A view to a document."""

_MOST = 500
"""Shapes that are kept; a village has a few dozen."""

_AT_HAND = 24
"""Stencils with lasting texts in them that are kept: those of the product whose turn it is."""

_DECIDING = frozenset({"icon", "key"})
"""Names of texts that choose something and are not printed: part of the shape."""

_BETWEEN = "\x00"
"""No text of a record holds it (`sources.text_file`)."""

_CONSTANT = frozenset({bool, int, float, type(None)})
_Fields = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], bool]
_FIELDS: dict[type[Any], _Fields] = {}


class Shared(dict[str, Any]):
    """Something in views that many have in common: not looked into, and the same only if it is the same
    object, which a shape therefore holds."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


class Part(dict[str, Any]):
    """A part of views that several documents show: looked into once, so it must not be changed."""

    __slots__ = ("_flat",)
    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__

    def __init__(self, *given: Mapping[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self._flat: _Flat | None = None

    def flat(self) -> _Flat:
        """Its shape and its texts."""
        if self._flat is None:
            self._flat = _flat(self)
        return self._flat


class Lasting(Part):
    """A part that many documents have in common: stencils hold its texts."""

    __slots__ = ()


View = Sequence[Mapping[str, Any]]
"""Parts whose names stand beside each other; of a name that two have, the later one, and of two mappings
what is in both."""


class _Flat(NamedTuple):
    """A shape, and the texts in order: those to be escaped and those that are HTML."""

    shape: list[Any]
    texts: list[str]
    safe: list[str]


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
        self._at_hand: dict[object, _Stencil] = {}
        """With the texts of what lasts in them; by shape, in which that stands itself."""

    def document(self, template: str, view: View, render: Render) -> bytes:
        """The document of `view`, as `render` would give it."""
        shape: list[Any] = [template]
        texts: list[str] = []
        safe: list[str] = []
        try:
            for part in view:
                if type(part) is Lasting:
                    shape.append(part)
                elif type(part) is Part:
                    flat = part.flat()
                    shape += flat.shape
                    texts += flat.texts
                    safe += flat.safe
                else:
                    _flatten(part, shape, texts, safe)
            key = tuple(shape)
            stencil = self._at_hand.get(key)
            values = _escaped(texts, safe)
            if stencil is None:
                stencil = self._stencil(key, view, values, render)
        except (_Unlike, TypeError):
            stencil = None
        return stencil.fill(values) if stencil else render(merged(view)).encode()

    def _stencil(
        self, key: tuple[Any, ...], view: View, values: list[bytes], render: Render
    ) -> _Stencil | None:
        """The stencil for a view that has none at hand; None where its shape has none yet, or cannot
        have one."""
        flats = [part.flat() for part in view if type(part) is Lasting]
        lasting = [text for flat in flats for text in _escaped(flat.texts, flat.safe)]
        shape = tuple(_opened(key))
        kept = self._kept.get(shape)
        if kept is None:
            if shape in self._seen and shape not in self._kept and len(self._kept) < _MOST:
                kept = self._kept[shape] = _cut(view, render, [*values, *lasting])
            self._seen.add(shape)
        if kept is None or not lasting:
            return kept
        if len(self._at_hand) >= _AT_HAND:
            self._at_hand.clear()
        made = self._at_hand[key] = kept.with_last(lasting, len(values))
        return made


def _opened(key: Iterable[Any]) -> Iterator[Any]:
    """A shape with the shapes of what lasts in its place."""
    for each in key:
        if type(each) is Lasting:
            yield Lasting
            yield from each.flat().shape
        else:
            yield each


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


class _Stencil:
    """What stands between the holes, and which text goes into each."""

    def __init__(self, pieces: list[bytes], holes: list[int]) -> None:
        self._pieces = pieces
        """Every second one is a hole."""
        self._holes = holes

    @classmethod
    def of(cls, marked: str) -> _Stencil:
        """The stencil of a document with numbers in place of texts."""
        pieces = marked.split(_BETWEEN)
        return cls([each.encode() for each in pieces], [int(number) for number in pieces[1::2]])

    def fill(self, values: list[bytes]) -> bytes:
        """A document."""
        self._pieces[1::2] = [values[number] for number in self._holes]
        return b"".join(self._pieces)

    def with_last(self, lasting: list[bytes], first: int) -> _Stencil:
        """A stencil in which the texts from number `first` on stand already."""
        pieces: list[bytes] = []
        holes: list[int] = []
        between = [self._pieces[0]]
        for number, piece in zip(self._holes, self._pieces[2::2], strict=True):
            if number >= first:
                between += (lasting[number - first], piece)
            else:
                pieces += (b"".join(between), b"")
                holes.append(number)
                between = [piece]
        return _Stencil([*pieces, b"".join(between)], holes)


def _cut(view: View, render: Render, values: list[bytes]) -> _Stencil | None:
    """The stencil of a view, if its document can be filled into it."""
    try:
        stencil = _Stencil.of(render(merged(_with_holes(view))))
        good = stencil.fill(values) == render(merged(view)).encode()
    except Exception:  # Whatever a template wanted of a text, it cannot have it of a hole.
        return None
    return stencil if good else None


def _with_holes(view: View) -> View:
    """A view with holes, numbered as texts are: of what varies first, then of what lasts."""
    flats = [_flat(part) for part in view]
    varies = [flat for part, flat in zip(view, flats, strict=True) if type(part) is not Lasting]
    first = sum(len(flat.texts) for flat in varies)
    end = first + sum(len(flat.safe) for flat in varies)
    texts, safe = iter(range(first)), iter(range(first, end))
    made = []
    for part, flat in zip(view, flats, strict=True):
        if type(part) is not Lasting:
            made.append(_holed(dict(part), texts, safe))
        else:
            between = end + len(flat.texts)
            last = between + len(flat.safe)
            made.append(_holed(dict(part), iter(range(end, between)), iter(range(between, last))))
            end = last
    return made


def _escaped(texts: list[str], safe: list[str]) -> list[bytes]:
    """What goes into the holes of texts."""
    values = str(escape(_BETWEEN.join(texts))).encode().split(b"\0") if texts else []
    if len(values) != len(texts):
        raise _Unlike
    if safe:
        values.extend([each.encode() for each in safe])
    return values


def _flat(part: Mapping[str, Any]) -> _Flat:
    made = _Flat([], [], [])
    _flatten(dict(part), *made)
    return made


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
    elif kind in _CONSTANT or kind is Shared or isinstance(value, Enum):
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
        if type(each) is str:  # As in `_flatten`, in short, for what is most frequent.
            if each:
                texts.append(each)
                shape.append(1)
            else:
                shape.append(0)
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
        if not dataclasses.is_dataclass(kind):
            raise _Unlike
        names = tuple(each.name for each in dataclasses.fields(kind))
        several = attrgetter(*names)
        read = several if len(names) > 1 else lambda value: (several(value),)
        _FIELDS[kind] = names, read, _DECIDING.isdisjoint(names)
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
