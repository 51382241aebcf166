"""Views of what people did together: credits."""
