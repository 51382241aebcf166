"""Reads the files of a village into records. Mistakes are reported as problems, not raised."""
