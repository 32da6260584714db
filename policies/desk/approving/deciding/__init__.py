"""Approving a draft: who said yes to exactly this one, whether that is enough, and the forms on the look."""
