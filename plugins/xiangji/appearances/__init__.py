"""Who stands where: found in what is made, by what was read for it, and not by a list of places."""
