"""Rights requests and data-protection complaints: their clock, their story, and what both sides do with them."""
