"""Labels on jars and boxes: text, layout, print run."""
