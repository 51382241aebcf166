"""The pages of batches: sheets, lists, recalls, and the pages behind printed codes."""
