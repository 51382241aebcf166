"""Checks the information that the law requires on labels."""
