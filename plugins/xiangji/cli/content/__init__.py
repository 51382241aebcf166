"""Commands that write into a village's own files."""
