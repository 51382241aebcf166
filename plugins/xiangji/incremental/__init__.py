"""What was built before, so that only what changed is made again: see `site_src/dev/architecture.md`."""
