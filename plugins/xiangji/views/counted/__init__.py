"""Shows what came of the work: the chart and the table of an indicator, and the page of all of them."""
