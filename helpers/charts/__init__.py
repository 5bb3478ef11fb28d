"""Stage 04: results so far, by intervention type and sector type."""
