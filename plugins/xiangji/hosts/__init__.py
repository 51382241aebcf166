"""Adapters for other site generators (hosts): each module translates between a host's objects and a `Site`."""
