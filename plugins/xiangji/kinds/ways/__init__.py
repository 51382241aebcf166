"""Kinds of how goods get out of the village and into it: logistics nodes and carriers."""
