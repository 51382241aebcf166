"""Reads pictures, drawings, recordings, captions and documents. The bytes decide the format, not the name."""
