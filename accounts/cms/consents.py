"""The list of those who agreed, per purpose, with the proof of each: words, time and place; also as CSV."""

import datetime as dt
from typing import ClassVar, Protocol

from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.cms.filters import NamedFilters
from accounts.models import ConsentRecord, User
from accounts.models.consents import ConsentRecordQuerySet
from accounts.models.users import restricted
from accounts.values.spreadsheets import harmless
from accounts.values.wording import moment_in_words

PERMISSION = "accounts.list_consentrecord"


class Consent(Protocol):
    """For types only: a row of the list, a record with what the query and the export add to it."""

    purpose: str
    person: User
    at: dt.datetime
    confirmed_address: str | None
    reached_at: str


def reached_at(record: Consent) -> str:
    """Return the address that the purpose needs, and no other."""
    if record.purpose == ConsentRecord.Purpose.MARKETING_BY_POST:
        return record.person.postal_address or gettext("No postal address")
    return record.confirmed_address or gettext("No confirmed address")


def moment(record: Consent) -> str:
    """Wagtail's own column says “2 days ago”, which proves little."""
    return moment_in_words(record.at)


class ConsentFilters(NamedFilters):
    names: ClassVar = {"purpose": _("Purpose"), "where": _("Where")}

    class Meta:
        model = ConsentRecord
        fields = ("purpose", "where")


class ConsentsView(ReportView):
    page_title = _("Consents")
    header_icon = "check"
    permission_policy = ModelPermissionPolicy(ConsentRecord)
    permission_required = "list"
    index_url_name = "accounts_consents"
    index_results_url_name = "accounts_consents_results"
    filterset_class = ConsentFilters
    default_ordering = "-pk"
    is_searchable = True
    search_fields = ("person__email", "person__first_name", "person__last_name")
    columns = (
        Column("person", label=_("Person")),
        Column("reached_at", label=_("Address"), accessor=reached_at),
        Column("get_purpose_display", label=_("Agreed to")),
        Column("at", label=_("When"), sort_key="at", accessor=moment),
        Column("get_where_display", label=_("Where")),
        Column("wording", label=_("In these words")),
        Column("version", label=_("Version")),
        Column(
            "origin",
            label=pgettext_lazy("which device", "From"),
            accessor=lambda record: f"{record.device} {record.network}",
        ),
    )
    list_export = (
        "person.get_full_name",
        "reached_at",
        "get_purpose_display",
        "at",
        "get_where_display",
        "wording",
        "version",
        "device",
        "network",
    )
    export_headings = {
        "person.get_full_name": _("Name"),
        "reached_at": _("Address"),
        "get_purpose_display": _("Agreed to"),
        "at": _("When"),
        "get_where_display": _("Where"),
        "wording": _("In these words"),
        "version": _("Version"),
        "device": _("Device"),
        "network": _("Network"),
    }
    custom_value_preprocess = ReportView.custom_value_preprocess | {str: {ReportView.FORMAT_CSV: harmless}}

    def get_base_queryset(self) -> ConsentRecordQuerySet:
        """People with an active account whose data is not restricted, and only addresses that are confirmed."""
        confirmed = Q(person__emailaddress__verified=True, person__emailaddress__primary=True)
        may_be_used = ~restricted(timezone.localdate(), "person__")
        found = ConsentRecord.objects.in_force().filter(may_be_used, person__is_active=True).select_related("person")
        return found.annotate(
            mailbox=FilteredRelation("person__emailaddress", condition=confirmed),
            confirmed_address=F("mailbox__email"),
        )

    def to_row_dict(self, item: Consent) -> dict[str, object]:
        item.reached_at = reached_at(item)
        return super().to_row_dict(item)

    def get_filename(self) -> str:
        return f"consents-{timezone.localdate():%Y-%m-%d}"


class ConsentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)
