"""A built site brought to a target."""
