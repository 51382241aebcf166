"""What commands write into a village's own files."""
