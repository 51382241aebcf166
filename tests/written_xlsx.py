"""A workbook written by hand, part by part: what a golden case says of its sheet, and around it what every reader
asks for."""

from __future__ import annotations

import zipfile
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(
    sheets: dict[str, str],
    styles: str = "",
    state: str = "visible",
    notes: str = "",
    author: str = "",
) -> bytes:
    """The bytes of a workbook whose sheets hold these elements, by name; the last one has the `state`. `styles` are
    elements of the part for styles, `notes` names the cell of the first sheet that has one, `author` who wrote it."""
    count = len(sheets)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state if n == count else "visible"}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles or "<cellXfs><xf/></cellXfs>"}</styleSheet>',
    }  # fmt: skip
    for n, content in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{_MAIN}">{content}</worksheet>'
    if notes:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = _relations(
            [("comments", "../comments1.xml")]
        )
        parts["xl/comments1.xml"] = (
            f'<comments xmlns="{_MAIN}"><commentList><comment ref="{notes}"/></commentList></comments>'
        )
    if author:
        parts["docProps/core.xml"] = f"<core><dc:creator>{author}</dc:creator></core>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _relations(targets: list[tuple[str, str]]) -> str:
    every = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{every}</Relationships>'


def cells(*rows: str, styles: dict[str, int] | None = None, hidden: int = 0) -> str:
    """The rows of a sheet, each written as `A1|10|正常`. A cell `=…` is a formula without its result, one `#…` a value
    that could not be computed; `styles` give numbers of styles by cell, `hidden` is the row nobody sees."""
    out = []
    for line, row in enumerate(rows, start=1):
        inner = "".join(
            _cell(f"{chr(64 + column)}{line}", text, styles or {})
            for column, text in enumerate(row.split("|"), start=1)
        )
        flag = ' hidden="1"' if line == hidden else ""
        out.append(f'<row r="{line}"{flag}>{inner}</row>')
    return f"<sheetData>{''.join(out)}</sheetData>"


def _cell(name: str, text: str, styles: dict[str, int]) -> str:
    begin = f'<c r="{name}" s="{styles.get(name, 0)}"'
    if text.startswith("#"):
        return f'{begin} t="e"><v>{text}</v></c>'
    if text.startswith("=DISPIMG"):
        return f'{begin} t="str"><f>{text[1:]}</f><v>{text}</v></c>'
    if text.startswith("="):
        return f"{begin}><f>{text[1:]}</f></c>"
    return f'{begin} t="inlineStr"><is><t>{text}</t></is></c>' if text else f"{begin}/>"
