"""Where staff close somebody else's account, see which are being closed, and what went wrong. Behind the guard."""

from typing import ClassVar

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.cms.filters import NamedFilters
from accounts.flows.administrators import LastSuperuser, is_last_superuser
from accounts.flows.closing import (
    PERMISSION,
    TooLate,
    ask_to_close,
    may_close,
    take_back,
    tell,
    what_happens,
)
from accounts.flows.persons import PersonsRequest
from accounts.forms.closing import StaffClosingForm
from accounts.models import ClosingRequest, User
from accounts.values.wording import counted, day_in_words

TOO_LATE = _("It is too late: the account is erased, or was opened again already.")


@reauthentication_required
def close(request: PersonsRequest, pk: int) -> HttpResponse:
    """GET asks, POST does it.

    Raises:
        Http404: there is no such person.
        PermissionDenied: this member of staff may not close that account.
    """
    person = get_object_or_404(User, pk=pk)
    if not may_close(request.user, person):
        raise PermissionDenied
    form = StaffClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _close(request, person, form)
    context = {"person": person, "form": form, "what": what_happens(person), "last": is_last_superuser(person)}
    return render(request, "accounts/closing/cms/close.html", context)


def _close(request: PersonsRequest, person: User, form: StaffClosingForm) -> HttpResponse:
    try:
        closing = ask_to_close(person, by=request.user, **form.cleaned_data)
    except LastSuperuser as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailusers_users:index")
    told = gettext("The person is told by e-mail.") if tell(closing) else gettext("The person will be told by e-mail.")
    messages.success(
        request,
        gettext("The account is closed, and is erased after %(day)s. %(told)s")
        % {"day": day_in_words(closing.due_at), "told": told},
    )
    return redirect("accounts_closings")


@require_POST
@reauthentication_required
def open_again(request: PersonsRequest, pk: int) -> HttpResponse:
    """Staff cancel a closing for people who cannot find the mail.

    Raises:
        Http404: there is no such closing.
        PermissionDenied: the person is erased, or this member of staff may not close that account.
    """
    closing = get_object_or_404(ClosingRequest.objects.select_related("person"), pk=pk)
    if closing.person is None or not may_close(request.user, closing.person):
        raise PermissionDenied
    try:
        tell(take_back(closing, by=request.user))
        messages.success(request, gettext("The account is open again, and the person is told by e-mail."))
    except TooLate:
        messages.error(request, TOO_LATE)
    return redirect("accounts_closings")


def refuse_to_delete(request: HttpRequest, people: list[User]) -> HttpResponse:
    """Wagtail's own deleting knows neither the register nor the ledger, and leaves traces."""
    words = gettext("Accounts are closed, not deleted: that erases all there is, and tells the person.")
    messages.error(request, words)
    if len(people) == 1 and request.user.has_perm(PERMISSION):
        return redirect("accounts_close", pk=people[0].pk)
    return redirect("wagtailusers_users:index")


class ClosingFilters(NamedFilters):
    names: ClassVar = {"state": _("State"), "reason": _("Reason")}

    class Meta:
        model = ClosingRequest
        fields = ("state", "reason")


class TakeBackColumn(Column):
    cell_template_name = "accounts/closing/cms/take_back_cell.html"


def who(closing: ClosingRequest) -> str:
    return str(closing.person) if closing.person else gettext("Erased")


def standing(closing: ClosingRequest) -> str:
    """Return the state in words, with what went wrong."""
    if closing.failures:
        times = counted(closing.failures, ngettext("once", "%(number)s times", closing.failures))
        error = f": {closing.last_error}" if closing.last_error else ""
        return gettext("%(state)s. Erasing failed %(times)s%(error)s") % {
            "state": closing.get_state_display(),
            "times": times,
            "error": error,
        }
    overdue = closing.is_open and closing.due_at <= timezone.now()
    return gettext("Due: housekeeping erases it in its next round") if overdue else closing.get_state_display()


def day_it_ends(closing: ClosingRequest) -> str:
    """As a date: Wagtail's own column says how long ago, and "just now" of what is to come."""
    return day_in_words(closing.due_at)


class ClosingsView(ReportView):
    page_title = _("Closed accounts")
    header_icon = "bin"
    permission_policy = ModelPermissionPolicy(ClosingRequest)
    permission_required = "close"
    index_url_name = "accounts_closings"
    index_results_url_name = "accounts_closings_results"
    filterset_class = ClosingFilters
    columns = (
        Column("who", label=_("Person"), accessor=who),
        Column("standing", label=_("State"), accessor=standing),
        Column("get_reason_display", label=_("Reason")),
        Column(
            "by",
            label=_("Asked by"),
            accessor=lambda closing: closing.by or (gettext("Staff") if closing.by_staff else "–"),
        ),
        DateColumn("asked_at", label=_("Asked")),
        Column("due_at", label=_("Cooling off until"), accessor=day_it_ends),
        DateColumn("ended_at", label=_("Ended")),
        TakeBackColumn("take_back", label="", accessor="is_open"),
    )
    list_export = ("asked_at", "due_at", "ended_at", "get_state_display", "get_reason_display", "failures")

    def get_base_queryset(self) -> QuerySet[ClosingRequest]:
        """What fails stands first."""
        return ClosingRequest.objects.select_related("person", "by").order_by("-failures", "-asked_at", "-pk")


class ClosingsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class FailingPanel(Component):
    """Says on the first page of the CMS that somebody could not be erased."""

    template_name = "accounts/closing/cms/failing.html"
    order = 10

    def __init__(self, user: User) -> None:
        self.count = ClosingRequest.objects.failing().count() if user.has_perm(PERMISSION) else 0

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return {"count": self.count}
