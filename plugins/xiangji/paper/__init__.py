"""Makes printed things: labels, sheets, cards and posters, from the same disclosed library as the pages."""
