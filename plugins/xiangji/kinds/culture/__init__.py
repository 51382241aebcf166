"""Kinds of what a village looks after and shows to visitors: heritage, spots and routes."""
