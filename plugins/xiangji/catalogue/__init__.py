"""What stands where in the catalogue, and whose turn it is to stand first."""
