"""The one error of the importer."""


class UnreadablePolicy(Exception):
    """The file cannot be read as a policy. The message says why and what to do, for the person who chose the file."""
