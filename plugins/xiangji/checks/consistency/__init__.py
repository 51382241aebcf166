"""Checks that days, amounts, names and sources of a village agree with each other."""
