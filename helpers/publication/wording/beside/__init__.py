"""Sentences on what stands beside the estimates of an analysis."""
