"""Fields that records of several kinds have: what was copied out of a publication, and who did what."""
