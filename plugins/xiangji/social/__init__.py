"""Puts a story into words for platforms: what its author wrote, within the platform's limits, and nothing else."""
