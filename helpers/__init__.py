"""The Justice Data Lab analysis kit."""
