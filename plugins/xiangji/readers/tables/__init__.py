"""Reads CSV files and workbooks into rows of cells, and rows into nodes."""
