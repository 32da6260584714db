"""Mails to both sides that a due date has changed: rows, which the site's chore of mails sends after the commit."""

from accounts.rights.desk.access import staff_of_the_desk
from accounts.rights.models import DueMail, MailKind, RightsRequest, Side


def tell_both_sides(request: RightsRequest) -> None:
    """Let the person and whoever has the case know that there is news; all of the desk where nobody has it."""
    DueMail.objects.create(request=request, side=Side.PERSON, kind=MailKind.NEWS)
    whose = [request.assigned_to] if request.assigned_to else staff_of_the_desk()
    for member in whose:
        DueMail.objects.create(request=request, side=Side.STAFF, to=member, kind=MailKind.NEWS)
