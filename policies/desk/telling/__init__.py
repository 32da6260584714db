"""The desk's pages about telling people: notices, their deliveries, steering, correcting, and withdrawing a version."""
