"""Photos: they are measured, checked for defects, and encoded as renditions within their size limits."""
