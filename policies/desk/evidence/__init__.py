"""The evidence of a version: what was announced, how, and whom it reached; for a version, or for one person and it."""
