"""Caches of others in front of the site: what they are told of a page, and that they let it go when it changes."""
