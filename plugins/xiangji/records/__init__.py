"""Immutable typed records. They import nothing of ours but each other."""
