"""Kinds of what people in the village do together: teams and services."""
