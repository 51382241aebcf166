"""QR codes: plain QR, level M, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings; addresses stay lower-case as they are.
"""

from __future__ import annotations

from io import BytesIO

import segno

QUIET_ZONE = 4
"""Modules, on all four sides."""


def code_svg(address: str) -> bytes:
    """The code of an absolute address as SVG: one unit is one module, dark on white."""
    out = BytesIO()
    _code(address).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        svgns=True,
        light="#fff",
        nl=False,
        title=None,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue()


def code_png(address: str, dots: int = 12) -> bytes:
    """The same code as PNG, `dots` pixels a module, for saving with a long press."""
    out = BytesIO()
    _code(address).save(out, kind="png", scale=dots, border=QUIET_ZONE, dark="#000", light="#fff")
    return out.getvalue()


def modules(address: str) -> int:
    """Modules along one side, without the quiet zone."""
    return int(_code(address).symbol_size(border=0)[0])


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m", boost_error=False)
