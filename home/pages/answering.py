"""How the pages around the policies answer: as the policies do."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from policies.reading.views.answers import answer


class Answered(Page):
    """A page that browsers keep, but ask about each time: it may have changed, and so may what stands around it.

    Attributes:
        is_everybodys: it is known that no page of the site is restricted; else Wagtail asks for this one's ways.
    """

    is_everybodys = False

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs).render()
        return answer(request, response, modified=self.changed_at())

    def changed_at(self) -> dt.datetime:
        """Return when what it says last changed."""
        found: dt.datetime = self.last_published_at or self.latest_revision_created_at or timezone.now()
        return found

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.is_everybodys else super().get_view_restrictions()
