"""What came of the work, on paper."""
