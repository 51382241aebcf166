"""Makes posters: pictures with a code, which people send to friends."""
