"""Writes into a village's own files on behalf of commands: batches, records, register rows, and undo."""
