"""The preview: the site of a village in memory, served over HTTP on this computer."""
