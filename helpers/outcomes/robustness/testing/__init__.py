"""Other tests of the same difference, and what many tests at once find by chance."""
