"""The files below `docs_dir`, and the folder that a site is written into."""
