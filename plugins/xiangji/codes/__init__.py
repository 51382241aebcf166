"""QR codes: symbol, mask, picture."""
