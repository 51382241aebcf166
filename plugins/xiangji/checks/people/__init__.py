"""Checks what people agreed to: their answers, the pictures that show them, and the words they said."""
