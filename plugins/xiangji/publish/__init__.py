"""Publication: it copies a built site to a target, keeps a backup there, and undoes it on request."""
