"""Kinds of records that tell what came of the work, in numbers that somebody can follow."""
