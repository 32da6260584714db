"""What is counted of the mails to staff about drafts, approvals and reviews."""

from collections.abc import Iterator

from accounts.figures import Figure, add_figures, gauge
from policies.desk.approving.models.mails import StaffMail


def register() -> None:
    """Have them shown. Called once, when the app starts."""
    add_figures(of_staff_mails)


def of_staff_mails() -> Iterator[Figure]:
    waiting = StaffMail.objects.filter(settled_at=None)
    words = "E-mails to single people that wait, and those of them that were tried in vain."
    yield gauge("plum_mails_waiting", words, waiting.count(), about="drafts", tried="all")
    yield gauge("plum_mails_waiting", words, waiting.exclude(problem="").count(), about="drafts", tried="in-vain")
