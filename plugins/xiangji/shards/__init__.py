"""Makes shards in worker processes or on a cluster, with the same bytes as in one process."""
