"""Incremental builds: what was built before, so that only what changed is made again.

See `site_src/dev/architecture.md`.
"""
