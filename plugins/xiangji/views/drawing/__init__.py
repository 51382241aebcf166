"""Drawings that pages are made with: they ask no other server, and the same stands beside them as text."""
