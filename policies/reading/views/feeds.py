"""The feeds of announcements."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from policies.reading.contexts import all_changed_at, changed_at
from policies.reading.feeds import CONTENT_TYPE, feed_of_all, feed_of_one
from policies.reading.views.answers import answer, reads
from policies.reading.views.finding import of_policy
from policies.versions.history import History


@reads()
def all_policies(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    response = HttpResponse(feed_of_all(today), content_type=CONTENT_TYPE)
    return answer(request, response, modified=all_changed_at(today))


@reads()
@of_policy
def one_policy(request: HttpRequest, history: History) -> HttpResponse:
    response = HttpResponse(feed_of_one(history), content_type=CONTENT_TYPE)
    return answer(request, response, modified=changed_at(history))
