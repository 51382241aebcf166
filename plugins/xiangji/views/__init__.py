"""What pages and data files show of a record, whatever kind it is."""
