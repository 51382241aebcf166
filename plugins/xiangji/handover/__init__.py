"""What somebody has to know who takes over a village's site: who edited what, and what is still to be done."""
