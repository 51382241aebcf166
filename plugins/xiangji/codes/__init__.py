"""QR codes: the symbol, its mask, and its pictures as SVG and PNG."""
