"""Makes the labels for jars, bags and boxes: their text, their PDF, and the rows of a run in the register."""
