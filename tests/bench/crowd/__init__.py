"""The crowd that our own mail calls: whether kept pages stay right, quick and small while the site changes."""
