"""Taking away what a case holds: a file, a letter to print, a copy of the person's data. Each is written down."""

from allauth.account.decorators import reauthentication_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from accounts.flows.downloading import record_copy_by_staff
from accounts.models import User
from accounts.personal_data.archive import make_archive
from accounts.personal_data.archive.controller import controller
from accounts.rights.attaching.sending import as_download
from accounts.rights.deciding.accounts import account_of
from accounts.rights.desk.access import CaseView, note_opening
from accounts.rights.models import File, Message, RightsRequest, What
from accounts.rights.moves import By, write_down


class FileView(CaseView, View):
    """One file of a case, as a download: nothing of it runs in the CMS."""

    def get(self, request: HttpRequest, *args: object, file: int, **kwargs: object) -> FileResponse:
        """Send it, once it is written down.

        Raises:
            Http404: it is none of this case, or no longer stored.
        """
        found: File = get_object_or_404(self.case.files, pk=file)
        write_down(self.case, self.by, What.FILE_OPENED_BY_STAFF, found.name)
        try:
            return as_download(found)
        except FileNotFoundError as error:
            raise Http404("The file is no longer where it was stored.") from error


class PrintView(CaseView, TemplateView):
    """A letter as it goes into an envelope."""

    template_name = "accounts/rights/desk/print.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Find the letter.

        Raises:
            Http404: it is none of this case.
        """
        note_opening(self.case, self.user)
        letter: Message = get_object_or_404(self.case.messages, pk=self.kwargs["message"])
        return super().get_context_data(letter=letter, responsible=controller(), **kwargs)


class ExportView(CaseView, TemplateView):
    """The same file that the person can download: GET asks, POST sends it to who has just confirmed who they are."""

    page_title = _("Take a copy of the person's data")
    template_name = "accounts/rights/desk/export.html"
    http_method_names = ("get", "head", "post")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(account=account_of(self.case), **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        account = account_of(self.case)
        if account is None:
            messages.error(request, gettext("No account is found for this case, so there is nothing to take."))
            return redirect("rights_desk:case", self.case.pk)
        return export(request, self.case, account, self.by)


@reauthentication_required
def export(request: HttpRequest, case: RightsRequest, account: User, by: By) -> HttpResponse | StreamingHttpResponse:
    """Write it down in the case and in the account, then stream it.

    Raises:
        ReauthenticationRequired: they have not just confirmed who they are; allauth asks, and comes back.
    """
    archive = make_archive(account)
    record_copy_by_staff(account)
    write_down(case, by, What.EXPORTED_BY_STAFF)
    headers = {"Content-Disposition": f'attachment; filename="{archive.name}"'}
    return StreamingHttpResponse(archive.pieces(), content_type="application/zip", headers=headers)
