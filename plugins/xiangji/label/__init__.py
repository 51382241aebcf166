"""The label: one table of its items, from which pages, papers, checks and the change record are made."""
