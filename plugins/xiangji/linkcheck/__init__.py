"""Asks the web whether the pages that a village links to are still there. No other check uses the network."""
