"""Reads from Git: commits, earlier contents of files, saved registers, changes of labels."""
