"""Commands that report and change nothing."""
