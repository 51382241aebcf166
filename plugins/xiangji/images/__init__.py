"""Photos: measured, judged, and made into renditions inside their ceilings."""
