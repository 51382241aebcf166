"""What a label says by rule."""
