"""What stands beside the estimates: what they can tell, and how else they are told."""
