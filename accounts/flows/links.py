"""What links in mails have in common."""


class BadLink(Exception):
    """The link is not ours, is not whole, or is too old."""
