"""Brings texts in from elsewhere: a document into a draft, a version with its past."""
