"""Stage 02: who is compared with whom, and how alike they are."""
