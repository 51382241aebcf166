"""Batch sheets, in every form in which a screen shows one."""
