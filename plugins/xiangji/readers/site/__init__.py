"""Reads the files below `docs_dir`, and checks the folder into which a site is written."""
