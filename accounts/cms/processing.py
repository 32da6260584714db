"""The record of processing (`LAW.RECORD`) for staff: the register as a list in the CMS, and as CSV."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.personal_data.register import ByRule, Finder, Kind, kinds
from accounts.personal_data.table import Row, row_of

LOOK_AFTER_PEOPLE = ("add", "change", "delete")


class Processing:
    """One line of the record."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.row: Row = row_of(kind)
        self.about = gettext("Our staff") if kind.of_staff else gettext("People with an account")
        self.fields = "; ".join(f"{column.words} ({column.name})" for column in kind.columns)
        self.found_by = "; ".join(map(found_how, kind.found_by)) or gettext("Nobody can be found in it")
        self.enforced_by = kind.retention.enforced_by or gettext("housekeeping")
        self.left_out = "; ".join(f"{words}: {why_not}" for words, why_not in self.row.left_out)


def found_how(finder: Finder) -> str:
    return str(finder.words) if isinstance(finder, ByRule) else finder.path


class ProcessingView(ReportView):
    page_title = _("Record of processing")
    header_icon = "clipboard-list"
    permission_policy = ModelPermissionPolicy(User)
    any_permission_required = LOOK_AFTER_PEOPLE
    index_url_name = "accounts_processing"
    index_results_url_name = "accounts_processing_results"
    is_searchable = False
    paginate_by = None
    columns = (
        Column("title", label=_("Kind"), accessor="row.title"),
        Column("about", label=_("About whom")),
        Column("what", label=_("What"), accessor="row.what"),
        Column("why", label=_("Purpose"), accessor="row.why"),
        Column("basis", label=_("Lawful basis"), accessor="row.basis"),
        Column("kept", label=_("Kept"), accessor="row.kept"),
        Column("receivers", label=_("Receivers"), accessor="row.receivers"),
    )
    export_headings = {
        "row.title": _("Kind"),
        "about": _("About whom"),
        "row.what": _("What"),
        "fields": _("Fields"),
        "row.why": _("Purpose"),
        "row.basis": _("Lawful basis"),
        "row.receivers": _("Receivers"),
        "row.kept": _("Kept"),
        "enforced_by": _("Deleted by"),
        "row.erased": _("When the account is closed"),
        "left_out": _("Not in a download, and why"),
        "found_by": _("How a person is found"),
        "kind.model": _("Where"),
    }
    list_export = tuple(export_headings)

    def get_queryset(self) -> list[Processing]:
        return [Processing(kind) for kind in kinds()]

    def filter_queryset(self, queryset: list[Processing]) -> list[Processing]:
        return queryset

    def get_filename(self) -> str:
        return f"record-of-processing-{timezone.localdate():%Y-%m-%d}"


class ProcessingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ModelPermissionPolicy(User).user_has_any_permission(request.user, LOOK_AFTER_PEOPLE)
