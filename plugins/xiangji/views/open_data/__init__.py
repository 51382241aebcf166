"""Data files in forms that other directories and registers read."""
