"""The catalogue: what is on which shelf, and which maker stands first in which week."""
