"""What drafts, and the parts of Wagtail that policies are written with, hold about people."""

from accounts.personal_data.register import register
from policies.writing.personal_data import cms_logs, commenting, drafts, editing, free


def declare() -> None:
    """Put it all into the register of the site. Called once, when the app starts."""
    for part in (drafts, commenting, cms_logs, editing):
        register(*part.KINDS)
    free.declare()
