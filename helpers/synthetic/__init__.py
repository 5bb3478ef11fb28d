"""Made-up people for examples and tests."""
