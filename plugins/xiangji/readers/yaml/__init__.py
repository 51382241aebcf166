"""Parses YAML text into nodes, with the location of each value."""
