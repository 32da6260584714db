"""The errors of the importer."""


class UnreadablePolicy(Exception):
    """The file cannot be read as a policy. The message tells the person who chose it why, and what to do."""


class WithoutSections(UnreadablePolicy):
    """The file has no headings, and nobody said what to call the one section that its text could become."""
