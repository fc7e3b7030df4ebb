"""What the formats of news agencies have in common, and what stands inside their items."""
