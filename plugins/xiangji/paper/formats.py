"""The formats of labels: templates with their sizes, stocks, and how a label divides its area.

All lengths are in millimetres. The die-cut sheets are the common ones. Manufacturers differ by tenths of a millimetre,
so the handbook says to print one sheet on plain paper first.
"""

from __future__ import annotations

from msgspec import Struct

A4 = (210.0, 297.0)
BLEED = 3.0
"""The bleed that print shops ask for."""

SMALLEST, LARGEST = (30.0, 20.0), (148.0, 210.0)
"""The smallest and the largest size of a label, upright or across."""

_SMALL = 4_500.0
"""The area in square millimetres below which a label has one panel."""


class Piece(Struct, frozen=True):
    """A kind of printed thing: its name in both languages, and its usual size in millimetres."""

    key: str
    zh: str
    en: str
    width: float
    height: float

    def named(self, width: float = 0, height: float = 0) -> dict[str, str]:
        """The words for it in problems, with its usual size or another."""
        size = size_of(width or self.width, height or self.height)
        return {"template": self.zh, "template_en": self.en, "size": size}


class Template(Piece, frozen=True):
    """A kind of label. A `full` label has all items that the law requires. The others are stuck beside such a label."""

    full: bool = True


TEMPLATES = {
    each.key: each
    for each in (
        Template("jar", "罐身标", "jar label", 180, 60),
        Template("bag", "袋标", "bag label", 94, 136),
        Template("box", "箱标", "box label", 148, 105),
        Template("fresh", "鲜品标", "label for fresh produce", 70, 50),
        Template("tag", "吊牌", "hang tag", 54, 90, full=False),
        Template("code", "码贴", "code sticker", 40, 30, full=False),
    )
}


def size_of(width: float, height: float) -> str:
    """Return a size as people read it, such as `180 × 60`."""
    return f"{width:g} × {height:g}"


class Stock(Struct, frozen=True):
    """The material that labels are printed on.

    A die-cut sheet has `columns` and `rows` of labels of a fixed size, in the middle of the sheet. A plain sheet takes
    as many labels as fit, with cutting marks. Without `sheet`, each label is a page.
    """

    key: str
    zh: str
    en: str
    sheet: tuple[float, float] | None = None
    columns: int = 0
    rows: int = 0
    label: tuple[float, float] | None = None
    gap: float = 0.0
    """The gap between columns. Rows of die-cut labels touch."""
    black: bool = False
    """Whether it can be printed only in black, like thermal paper."""


def _die_cut(columns: int, rows: int, width: float, height: float, gap: float = 0.0) -> Stock:
    count = columns * rows
    text = f"A4 不干胶，每张 {count} 枚，{width:g} × {height:g} mm"
    text_en = f"A4 labels, {count} a sheet, {width:g} × {height:g} mm"
    return Stock(
        f"a4-{count}",
        text,
        text_en,
        A4,
        columns=columns,
        rows=rows,
        label=(width, height),
        gap=gap,
    )


STOCKS = {
    each.key: each
    for each in (
        Stock("shop", "交给印刷厂：一页一枚，带出血", "for a print shop: one a page, with bleed"),
        Stock("a4", "A4 纸自己裁：排满，带裁切线", "plain A4 with marks to cut by", A4),
        _die_cut(2, 2, 105, 148.5),
        _die_cut(2, 4, 99.1, 67.7, 2.5),
        _die_cut(3, 4, 63.5, 72, 2.5),
        _die_cut(2, 7, 99.1, 38.1, 2.5),
        _die_cut(3, 7, 63.5, 38.1, 2.5),
        _die_cut(3, 8, 70, 37),
        _die_cut(5, 13, 38.1, 21.2, 2.5),
        Stock("roll", "热敏卷：一枚一页，只有黑色", "thermal roll: one a page, black", black=True),
    )
}

BEST = "best"
"""The level of error correction of a code that is chosen by how much room there is (`coded.code_for`)."""

RESOLUTIONS = (203, 300, 600, 1200)


class Grid(Struct, frozen=True, kw_only=True):
    """The positions of labels on a sheet: the corner of the first one, and the steps to the next."""

    columns: int
    rows: int
    left: float
    top: float
    step_x: float
    step_y: float
    marks: bool
    """Whether cutting marks are printed in the margin."""


_MARGIN = 8.0
"""The margin that office printers cannot print on, with room for cutting marks."""


def grid(stock: Stock, width: float, height: float) -> Grid | None:
    """Return the grid of labels of one size on a sheet. None if not even one fits, or if the stock has no sheet."""
    if stock.sheet is None:
        return None
    wide, high = stock.sheet
    if stock.label:
        columns, rows, gap, marks = stock.columns, stock.rows, stock.gap, False
        gap_y = 0.0
    else:
        # The bleed needs a gap. With it, a cut slightly beside the mark shows no white edge.
        gap, gap_y, marks = 4.0, 4.0, True
        columns = int((wide - 2 * _MARGIN + gap) // (width + gap))
        rows = int((high - 2 * _MARGIN + gap_y) // (height + gap_y))
    if columns < 1 or rows < 1:
        return None
    left = (wide - columns * width - (columns - 1) * gap) / 2
    top = (high - rows * height - (rows - 1) * gap_y) / 2
    return Grid(
        columns=columns,
        rows=rows,
        left=left,
        top=top,
        step_x=width + gap,
        step_y=height + gap_y,
        marks=marks,
    )


def layout(template: Template, width: float, height: float) -> str:
    """Return the layout: `wide`, `broad`, `tall` or `small` for a full label, else `tag` or `code`."""
    if not template.full:
        return template.key
    if width * height < _SMALL:
        return "small"
    if width >= 1.8 * height:
        return "wide"
    return "broad" if width >= 1.2 * height else "tall"


def room_for_code(arrangement: str, width: float, height: float) -> float:
    """Return the side of the square for the code, quiet zone included."""
    match arrangement:
        case "wide":
            return min(code_panel(width) - 2, height * 0.44)
        case "tall":
            return min(width * 0.32, height * 0.28, 32)
        case "broad":
            return min(width * 0.22, height * 0.32, 32)
        case "small":
            return min(height * 0.52, width * 0.42)
        case "tag":
            return min(width * 0.46, height * 0.4)
        case _:
            beside = width >= height * 1.2
            return min(height - 1, width * 0.62) if beside else min(width - 1, height * 0.66)


def that_take(need: float, width: float, height: float) -> list[Template]:
    """Return the kinds of label that have room for a code of `need` mm on a label of one size."""
    return [
        each
        for each in TEMPLATES.values()
        if room_for_code(layout(each, width, height), width, height) >= need
    ]


def larger(stock: Stock) -> list[Stock]:
    """Return the die-cut sheets with larger labels than those of a die-cut sheet, the next larger first."""
    if stock.label is None:
        return []
    area = _area(stock)
    return sorted((each for each in STOCKS.values() if _area(each) > area), key=_area)


def _area(stock: Stock) -> float:
    width, height = stock.label or (0, 0)
    return width * height


def code_panel(width: float) -> float:
    """Return the width of the white panel with the code on a wide label."""
    return min(max(width * 0.26, 24), 37)
