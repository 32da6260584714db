"""The one error of the importer."""


class UnreadablePolicy(Exception):
    """The file cannot be read as a policy. The message tells the person who chose it why, and what to do."""
