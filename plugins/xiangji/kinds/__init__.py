"""The kinds of records: each module declares one kind as a value."""
