"""YAML text to nodes, with a place for every value."""
