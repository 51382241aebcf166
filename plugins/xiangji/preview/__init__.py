"""A village as a site in memory, served on this computer."""
