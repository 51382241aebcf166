"""Pictures, drawings, recordings and captions: told by their bytes, measured, cleaned."""
