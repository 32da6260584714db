"""People without an account who follow policies: asking, confirming, being written down for a notice, and leaving."""
