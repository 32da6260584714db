"""The page about accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.accessibility.results import results


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility/statement.html", {"results": results()})
