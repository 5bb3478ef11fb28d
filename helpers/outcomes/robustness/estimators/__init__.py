"""The difference estimated in other ways than the headline's, one method a file."""
