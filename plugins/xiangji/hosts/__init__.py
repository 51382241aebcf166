"""Site generators that make some pages: each module translates and calls, none knows what a village is."""
