"""What the CMS's preview panel shows of a draft: the policy as it will read, and its redline."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from policies.models.pages import PolicyPage


def preview(page: "PolicyPage", request: HttpRequest, mode: str) -> HttpResponse:
    return render(request, "policies/policy.html", {"document": page.document})
