"""Kinds of what people in the village do together: events, projects, teams and services."""
