"""Hosts: where a site goes. Each translates and calls; none of them knows what a village is."""
