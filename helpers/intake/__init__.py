"""Stage 01: from what was sent to a cohort."""
