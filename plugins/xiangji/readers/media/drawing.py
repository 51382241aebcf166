"""Measures SVG drawings, and refuses those that contain anything but shapes and text.

SVG files are published unchanged, so only known elements in the SVG namespace are allowed, without references to
outside. With nested `<use>` elements, a drawing of two kilobytes can expand to a million shapes. So the expanded size
is counted and limited.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.readers.media.reasons import Reason

LARGEST = 200_000
"""The size limit of a drawing in bytes."""
MOST_ELEMENTS = 20_000
"""The most elements, counted again for each use. A page of icons has some hundreds."""
MOST_CHARACTERS = 2_000_000
"""The most characters of attributes and text, counted again for each use."""
DEEPEST = 100
"""The greatest nesting depth, including references."""

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    (
        "svg g path rect circle ellipse line polyline polygon defs use title desc clipPath mask "
        "symbol text tspan"
    ).split()
)
_FOREIGN = frozenset(
    [
        "http://www.w3.org/1999/xlink}href",
        "http://www.w3.org/XML/1998/namespace}space",
        "http://www.w3.org/XML/1998/namespace}lang",
    ]
)
"""The allowed attributes with a namespace. `xml:base` is not allowed: with it, `#a` would refer to another document."""

# References such as paints may only point inside the drawing. CSS ignores case and decodes backslash escapes.
_OUTWARD = late_pattern(r"\\|(?:image|image-set|src)\s*\(|url\(\s*(?!['\"]?#|\s)", re.IGNORECASE)
_INWARD = late_pattern(r"url\(\s*['\"]?#([^'\")]*)", re.IGNORECASE)


class _Unsafe(Exception):
    """Raised if a drawing contains something that is not allowed. `why` is the reason."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why = Reason(zh, en)


class _ExpandedSize(NamedTuple):
    """The expanded size of an element: number of elements, number of characters, depth."""

    elements: int
    characters: int
    depth: int


class _Element(Struct):
    """An element, as far as it is needed to compute its expanded size."""

    characters: int
    uses: tuple[str, ...]
    """The ids of the elements to which this one refers, so that they are drawn again."""
    inside: list[_Element] = field(default_factory=list)
    weight: _ExpandedSize | None = None
    open: bool = False
    """Whether its size is being computed. If it is reached again meanwhile, the references form a cycle."""


def drawing_size(raw: bytes) -> tuple[int, int] | Reason:
    """Width and height of a drawing from its viewBox, or the reason why it is refused.

    Only shapes and text are allowed: no script, style, link, embedded picture, entity or event attribute.
    """
    from xml.parsers.expat import ExpatError  # Imported late, because few villages have drawings.

    if len(raw) > LARGEST:
        return Reason("SVG 超过 200 KB", "SVG larger than 200 KB")
    reading = _Reading()
    try:
        reading.parser.Parse(raw, True)
        reading.weigh()
    except _Unsafe as unsafe:
        return unsafe.why
    except (ExpatError, LookupError, ValueError):  # The last two mean an unknown encoding.
        return Reason("SVG 写坏了", "SVG is not well-formed")
    size = _size(reading.view)
    if reading.bare and not isinstance(size, Reason):
        return Reason(f'SVG 缺 xmlns="{_SVG}"，浏览器不显示', f'SVG lacks xmlns="{_SVG}"')
    return size


def _size(view: str) -> tuple[int, int] | Reason:
    numbers = re.split(r"[\s,]+", view.strip())
    if len(numbers) == 4 and all(re.fullmatch(r"-?[0-9]{0,6}(\.[0-9]+)?", n) for n in numbers):
        width, height = (float(n) if n.strip("-") else 0.0 for n in numbers[2:])
        if width >= 1 and height >= 1:
            return round(width), round(height)
    return Reason("SVG 没有 viewBox", "SVG lacks a viewBox")


class _Reading:
    """One reading of a drawing: refuses what is not allowed, and collects elements and references."""

    def __init__(self) -> None:
        self.view = ""
        self.bare = False
        """Whether an element is outside the SVG namespace, because browsers do not show such elements."""
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._named: dict[str, list[_Element]] = {}
        from xml.parsers.expat import ParserCreate

        self.parser = ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.ProcessingInstructionHandler = _refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("}")
        if not self._open and local != "svg":
            raise _Unsafe("最外面不是 <svg>", "the outermost element is not <svg>")
        if space not in (_SVG, "") or local not in _ELEMENTS:
            foreign = f' xmlns="{space}"' if local in _ELEMENTS else ""
            raise _Unsafe(f"SVG 里有 <{local}{foreign}>", f"SVG holds <{local}{foreign}>")
        self.bare = self.bare or not space
        if len(self._open) >= DEEPEST:
            raise _too_deep()
        _check_attributes(attributes)
        self._keep(local, attributes)

    def _keep(self, local: str, attributes: dict[str, str]) -> None:
        uses = [key for value in attributes.values() for key in _INWARD.findall(value)]
        if local == "use":
            hrefs = (v for k, v in attributes.items() if k.rsplit("}", 1)[-1] == "href")
            uses += [value.strip()[1:] for value in hrefs]
        element = _Element(sum(map(len, attributes.values())), tuple(uses))
        if self._open:
            self._open[-1].inside.append(element)
        else:
            self._root, self.view = element, attributes.get("viewBox", "")
        if "id" in attributes:  # Ids may be repeated, and programs differ in which one they use.
            self._named.setdefault(attributes["id"], []).append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _add_text(self, words: str) -> None:
        if self._open:
            self._open[-1].characters += len(words)

    def weigh(self) -> None:
        """Raise `_Unsafe` if the drawing expands beyond the limits, or refers to itself."""
        if self._root is not None:
            self._weight(self._root, 1)

    def _weight(self, element: _Element, level: int) -> _ExpandedSize:
        if element.open:
            raise _Unsafe("SVG 里的 <use> 绕回了自己", "a <use> in the SVG leads back to itself")
        if element.weight is None:
            element.open = True
            element.weight = self._counted(element, level)
            element.open = False
        if level + element.weight.depth > DEEPEST + 1:
            raise _too_deep()
        return element.weight

    def _counted(self, element: _Element, level: int) -> _ExpandedSize:
        if level > DEEPEST:
            raise _too_deep()
        elements, characters, depth = 1, element.characters, 0
        used = (each for key in element.uses for each in self._named.get(key, ()))
        for each in (*element.inside, *used):
            weight = self._weight(each, level + 1)
            elements += weight.elements
            characters += weight.characters
            depth = max(depth, weight.depth)
            if elements > MOST_ELEMENTS or characters > MOST_CHARACTERS:
                raise _Unsafe("SVG 展开以后太大", "the SVG expands to too much")
        return _ExpandedSize(elements, characters, depth + 1)


def _check_attributes(attributes: dict[str, str]) -> None:
    """Raise `_Unsafe` for attributes that run code, load from elsewhere, or have a foreign namespace."""
    for key, value in attributes.items():
        local = key.rsplit("}", 1)[-1]
        folded = local.lower()
        foreign = "}" in key and key not in _FOREIGN
        outward = folded == "href" and not value.startswith("#")
        if folded.startswith("on") or folded == "style" or foreign or outward:
            raise _not_allowed(local)
        if _OUTWARD.search(value):
            raise _not_allowed(local)


def _not_allowed(what: str) -> _Unsafe:
    return _Unsafe(f"SVG 里有 {what}", f"SVG holds {what}")


def _too_deep() -> _Unsafe:
    return _Unsafe(f"SVG 套得超过 {DEEPEST} 层", f"the SVG nests deeper than {DEEPEST}")


def _refuse(*_: object) -> None:
    raise _not_allowed("DOCTYPE")
