"""What visitors read of the policies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from policies.models import PolicyVersion


def index(request: HttpRequest) -> HttpResponse:
    versions = PolicyVersion.objects.outline().in_force(on=timezone.localdate())
    return render(request, "policies/index.html", {"versions": versions})


def policy(request: HttpRequest, slug: str) -> HttpResponse:
    version = get_object_or_404(PolicyVersion.objects.of(slug).in_force(on=timezone.localdate()))
    return render(request, "policies/policy.html", {"version": version, "document": version.document})


def version(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    major, minor = number.split(".")
    version = get_object_or_404(PolicyVersion.objects.of(slug), major=major, minor=minor)
    return render(request, "policies/policy.html", {"version": version, "document": version.document})
