"""Finds the policy and the version an address names, or says what there is instead."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from policies.reading.contexts import about, find, history_of
from policies.reading.views.answers import View, not_there_yet
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion


def of_policy(view: View) -> View:
    """Give a view the history of the policy that its address names."""

    @wraps(view)
    def finding(request: HttpRequest, slug: str, **kwargs: object) -> HttpResponse:
        history = history_of(slug)
        return view(request, history, **kwargs) if len(history) else elsewhere(request, slug)

    return finding


def of_version(view: Callable[[HttpRequest, History, Entry], HttpResponse]) -> View:
    """Give a view the history and the version that its address names."""

    @wraps(view)
    def finding(request: HttpRequest, history: History, number: str) -> HttpResponse:
        entry = find(history, number)
        return view(request, history, entry) if entry else no_such_version(request, history, number)

    return of_policy(finding)


def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """Send on from an alias to the policy it stands for; else say which policies there are."""
    source = Page.objects.filter(slug=slug, alias_of__isnull=False).values_list("alias_of__slug", flat=True).first()
    if source and request.resolver_match and PolicyVersion.objects.of(source).exists():
        match = request.resolver_match
        address = reverse(match.view_name, kwargs={**match.kwargs, "slug": source})
        query = request.META.get("QUERY_STRING")
        return redirect(f"{address}?{query}" if query else address)
    today = timezone.localdate()
    versions = PolicyVersion.objects.outline().in_force(on=today).order_by("title", "slug")
    # Nobody keeps it: of names that nobody has given there is no end.
    response = render(request, "policies/no_policy.html", {"versions": versions}, status=404)
    response.headers["Cache-Control"] = "no-cache"
    return response


def no_such_version(request: HttpRequest, history: History, number: str) -> HttpResponse:
    context = about(history) | {"number": number}
    return not_there_yet(request, render(request, "policies/no_version.html", context, status=404))
