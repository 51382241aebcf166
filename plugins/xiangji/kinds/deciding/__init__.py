"""Kinds of what people decide together, and of how they settle a quarrel."""
