"""What is late or due soon, on the first page of the CMS, for those who answer requests."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component

from accounts.models import User
from accounts.rights.desk.access import may_handle
from accounts.rights.models import RightsRequest
from accounts.values.wording import days_in_words

SOON = dt.timedelta(days=14)  # when the first reminder goes out
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Item:
    request: RightsRequest
    late: bool
    words: str
    mine: bool


def due_soon(user: User, today: dt.date) -> list[Item]:
    """Return what is late or due within fourteen days, the first day first."""
    found = RightsRequest.objects.open().filter(due_on__lte=today + SOON).select_related("assigned_to")
    return [_item(request, user, today) for request in found.order_by("due_on", "pk")]


def _item(request: RightsRequest, user: User, today: dt.date) -> Item:
    days = (request.due_on - today).days if request.due_on else 0
    words = gettext("%(days)s left") % {"days": days_in_words(days)} if days else gettext("due today")
    late = gettext("%(days)s late") % {"days": days_in_words(-days)} if days < 0 else ""
    return Item(request, bool(late), late or words, request.assigned_to_id == user.pk)


class DuePanel(Component):
    """Nothing is shown where nothing is due, or to whom may not see it."""

    name = "rights_due"
    template_name = "accounts/rights/reports/due_panel.html"
    order = 40  # the law's own days come before our own

    def __init__(self, user: User) -> None:
        self.items = due_soon(user, timezone.localdate()) if may_handle(user) else []

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        more = len(self.items) - SHOWN
        return {
            "items": self.items[:SHOWN],
            "more": gettext("%(number)s more") % {"number": f"{more:,}"} if more > 0 else "",
        }
