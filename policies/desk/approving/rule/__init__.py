"""The rule that nobody announces alone: how it stands, and switching it."""
