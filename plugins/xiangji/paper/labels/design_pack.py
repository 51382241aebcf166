"""Makes a design pack: a zip with every element of a label, for a print shop that designs the label itself.

It is one zip, so that it can be sent in a chat. The same input gives the same bytes, since its entries have a fixed
date.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from xiangji.codes.qr import make_code
from xiangji.label.items import PER
from xiangji.paper.fonts import Fonts
from xiangji.paper.labels.label import Label
from xiangji.paper.labels.text import LabelText
from xiangji.paper.typesetter import typeset
from xiangji.readers.media.pictures import Media
from xiangji.render.context import RenderContext

_NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can store."""

_README = """\
设计包：{name}，{lot_heading} {lot}{sample}

code.pdf、code.svg   二维码。静区（四周的白边，4 格）已经在里面，不能裁，也不能压别的东西。
                     点阵格不小于 {module:.3f} mm，也就是连白边不小于 {side:.1f} mm 见方；白底黑码，
                     只用黑版（K100），不反白，不加渐变，中间不放图。
seal、motif、border  印章、纹样、花边（村里的原图）。
text.txt             标签上的字。一个字也不要改；要改，改村里的文件再出一次。
label.pdf            乡记排好的标签，照着核对。

码里的网址：{address}
"""


def design_pack(context: RenderContext, label: Label, fonts: Fonts, pdf: bytes) -> bytes:
    """Return the bytes of the zip of one label. `pdf` is its finished PDF."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in sorted([*_elements(context, label, fonts), ("label.pdf", pdf)]):
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, content)
    return out.getvalue()


def _elements(context: RenderContext, label: Label, fonts: Fonts) -> Iterator[tuple[str, bytes]]:
    symbol = label.code.symbol
    yield "code.svg", make_code(symbol.address, symbol.level).svg()
    code = {"symbol": symbol.told(), "module": label.code.module, "side": label.code.side}
    yield "code.pdf", typeset("code", code, fonts).pdf()
    brand = context.library.brand
    for name, record, field in (
        ("seal", brand.seal, "picture"),
        ("motif", brand, "motif"),
        ("border", brand, "border"),
    ):
        media = context.library.picture(record, field) if record else None
        if media is not None:
            yield from _art(name, media, fonts)
    yield "text.txt", ("\ufeff" + "\r\n".join(_lines(label.text)) + "\r\n").encode()
    yield "说明.txt", _readme(label).encode()


def _art(name: str, media: Media, fonts: Fonts) -> Iterator[tuple[str, bytes]]:
    """Yield a drawing as SVG and as PDF. A photo is left out, since its original file may contain private metadata."""
    if not media.is_drawing:
        return
    yield f"{name}.svg", media.read()
    high = 60 * media.height / media.width
    data = {"file": "drawing.svg", "width": 60, "height": high}
    yield f"{name}.pdf", typeset("drawing", data, fonts, {"drawing.svg": media.read()}).pdf()


def _lines(text: LabelText) -> Iterator[str]:
    """Yield the lines of the label's text. The caller adds the BOM and CRLF line ends that Windows Notepad needs."""
    yield text.name
    if text.variant:
        yield text.variant
    if text.net:
        yield f"{text.net_heading} {text.net}（数字高不小于 {text.net_height:g} mm）"
    yield from (f"{row.heading} {row.value or '未记录'}" for row in (*text.rows, *text.dates))
    if text.nutrition:
        yield f"{text.nutrition.heading}（{PER}，NRV%）"
        yield from ("\t".join(row) for row in text.nutrition.rows)
        yield from filter(None, [text.nutrition.warning])
    yield from text.tellings


def _readme(label: Label) -> str:
    text = label.text
    said = _README.format(
        name=text.name,
        lot_heading=text.lot_heading,
        lot=text.lot,
        sample="（示例，不是真的）" if text.sample else "",
        module=label.code.module,
        side=label.code.side,
        address=label.address,
    )
    return "\ufeff" + said.replace("\n", "\r\n")
