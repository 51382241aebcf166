"""Checks that figures, days and names of a village agree with each other."""
