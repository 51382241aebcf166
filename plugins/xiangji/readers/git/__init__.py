"""What Git remembers of a village: commits, earlier contents, registers as they were saved."""
