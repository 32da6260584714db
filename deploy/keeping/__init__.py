"""Backups: made while the site goes on, and brought back into an empty place."""
