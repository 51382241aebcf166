"""Files to records. The only stage that reads what authors wrote; it reports and never raises."""
