"""Kinds of how the village tells of itself, and how others tell of it."""
