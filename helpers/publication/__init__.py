"""What is published: cells, one disclosure decision, blocks, the report."""
