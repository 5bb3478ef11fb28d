"""What is known of an analysis before the treated people's outcomes are opened."""
