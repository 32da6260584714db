"""Compares what two checkouts of the site do: `python -m tests.same_site OLD NEW`. Not a test of the suite."""
