"""One module for each kind of record: the only place that knows it."""
