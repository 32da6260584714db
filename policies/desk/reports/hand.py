"""The report of what needs a hand, and the same as a panel on the first page of the CMS."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column

from accounts.flows.persons import PersonsRequest
from accounts.models import User
from accounts.values.wording import counted
from policies.desk.reports.exporting import StreamedExport
from policies.desk.reports.rights import OF_VERSIONS, VIEW
from policies.desk.reports.waiting import Item, Sort, waiting_for
from policies.versions.models import PolicyVersion, Standing

SHOWN = 8
IN_FORCE = ngettext_lazy("%(number)s policy in force", "%(number)s policies in force", "how_many")
UPCOMING = ngettext_lazy("%(number)s amendment upcoming", "%(number)s amendments upcoming", "how_many")


def _link(item: Item) -> str:
    return format_html('<a href="{}">{}</a>', item.url, item.policy)


class HandReport(StreamedExport, named="hand"):
    page_title = _("What needs a hand")
    paginator_class = WagtailPaginator  # of a list, not of a query
    header_icon = "tasks"
    permission_policy = OF_VERSIONS
    file_name = "what-needs-a-hand"
    columns = (
        Column("label", label=_("What")),
        Column("policy", label=_("Policy"), accessor=_link),
        Column("words", label=_("How it stands")),
    )
    export_headings = {"label": _("What"), "policy": _("Policy"), "words": _("How it stands"), "at": _("When")}

    def get_queryset(self) -> list[Item]:
        return waiting_for(self.request.user)

    def filter_queryset(self, queryset: list[Item]) -> list[Item]:
        return queryset


class HandPanel(Component):
    """The first of what needs a hand; nothing is shown where nothing does."""

    name = "needs_a_hand"
    template_name = "policies/desk/reports/hand_panel.html"
    order = 50  # above Wagtail's own

    def __init__(self, user: User) -> None:
        # What waits for an approval stands in a panel of its own, for those who may give it.
        self.items = [item for item in waiting_for(user) if item.sort is not Sort.REVIEW]

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        more = len(self.items) - SHOWN
        return {
            "items": self.items[:SHOWN],
            "more": gettext("%(number)s more") % {"number": f"{more:,}"} if more > 0 else "",
        }


class PoliciesSummary(SummaryItem):
    """How many policies are in force, and how many amendments are upcoming."""

    order = 50
    template_name = "policies/desk/reports/summary.html"

    def __init__(self, request: PersonsRequest) -> None:
        super().__init__(request)
        self.shown = bool(OF_VERSIONS.user_has_any_permission(request.user, VIEW))

    def is_shown(self) -> bool:
        return self.shown

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        today, versions = timezone.localdate(), PolicyVersion.objects.all()
        report = reverse("policies_reports:versions")
        found = (
            (versions.in_force(on=today).count(), IN_FORCE, Standing.IN_FORCE),
            (versions.upcoming(on=today).order_by().count(), UPCOMING, Standing.UPCOMING),
        )
        return {
            "figures": [
                {
                    "words": counted(number, words),
                    "url": f"{report}?standing={standing.value}",
                }
                for number, words, standing in found
            ]
        }
