"""Views: flat values that pages and data files show of a record, whatever its kind."""
