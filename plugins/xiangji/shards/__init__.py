"""Batch sheets in processes of their own, or on a cluster: byte for byte the same as without."""
