"""The feeds of announcements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from policies.reading.contexts import about, all_policies_on, changed_at
from policies.reading.feeds import CONTENT_TYPE, MOST_ENTRIES, amended, feed_of_all, feed_of_one, newest_of_all
from policies.reading.full_addresses import absolute
from policies.reading.views.answers import answer, reads
from policies.reading.views.finding import of_policy
from policies.versions.history import History


@reads()
def all_policies(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    response = HttpResponse(feed_of_all(today), content_type=CONTENT_TYPE)
    return answer(request, response, modified=all_policies_on(today).changed_at)


@reads()
@of_policy
def one_policy(request: HttpRequest, history: History) -> HttpResponse:
    response = HttpResponse(feed_of_one(history), content_type=CONTENT_TYPE)
    return answer(request, response, modified=changed_at(history))


@reads()
def about_feed(request: HttpRequest) -> HttpResponse:
    """The feed of all policies as a page: what it says, and how to follow it."""
    today = timezone.localdate()
    context = {"feed": absolute("policies:feed"), "entries": newest_of_all(today)}
    return answer(request, render(request, "policies/feed.html", context), modified=all_policies_on(today).changed_at)


@reads()
@of_policy
def about_policy_feed(request: HttpRequest, history: History) -> HttpResponse:
    """The same of one policy."""
    slug = history.entries[0].version.slug
    entries = amended(history)[:MOST_ENTRIES]
    context = about(history) | {"feed": absolute("policies:policy_feed", slug), "entries": entries}
    return answer(request, render(request, "policies/feed.html", context), modified=changed_at(history))
