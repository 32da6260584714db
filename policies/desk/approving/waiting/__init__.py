"""Drafts that wait for an approval: who looks at them until when, and Wagtail's workflow behind it."""
