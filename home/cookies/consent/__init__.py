"""Asking for statistics by another company: what is asked, what a browser answered, and what follows from it."""
