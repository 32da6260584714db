"""The first start of one's own site: what it asks, what it lays, and what is still missing."""
