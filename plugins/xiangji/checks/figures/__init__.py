"""Recomputes the figures that stand in texts: shares, groups of a whole, ages, tables."""
