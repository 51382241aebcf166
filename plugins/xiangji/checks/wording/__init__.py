"""Checks published texts: advertising law, claims without evidence, withheld texts, personal numbers."""
