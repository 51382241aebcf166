"""How people write days, amounts and telephone numbers, and what is understood of it."""
