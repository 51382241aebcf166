"""Files to records, whatever kinds there are."""
