"""CSV and workbooks to rows, and rows to nodes."""
