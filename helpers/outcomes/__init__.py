"""Stage 03: what happened to both groups within a year."""
