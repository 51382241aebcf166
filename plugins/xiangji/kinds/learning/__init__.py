"""Kinds of what people learn, and of where they find help."""
