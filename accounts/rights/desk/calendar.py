"""The due date of a case for the calendar of staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View

from accounts.rights.calendars import NothingIsDue, due_in_calendar
from accounts.rights.desk.access import CaseView
from accounts.rights.mails.links import case_url
from accounts.rights.models import Side


class CalendarView(CaseView, View):
    """It says what a case is called and how its day was worked out, and nothing of whose it is."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises: Http404: nothing is due."""
        try:
            content = due_in_calendar(self.case, Side.STAFF, case_url(self.case))
        except NothingIsDue as error:
            raise Http404("Nothing is due.") from error
        name = f"case-{self.case.reference}.ics"
        sent = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=sent)
