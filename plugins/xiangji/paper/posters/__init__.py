"""Posters and share pictures."""
