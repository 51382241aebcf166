"""Parsers for days, amounts and telephone numbers in the forms in which people write them."""
