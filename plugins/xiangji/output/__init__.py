"""Outputs as files below a folder, written whole or not at all."""
