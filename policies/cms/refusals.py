"""Turns a refusal into a message for the editor, on every path of the CMS: never a server error, the draft kept."""
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from policies.announcing import AnnouncementRefused


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AnnouncementRefused):
            return None
        messages.error(request, str(exception))
        return redirect(request.META.get("HTTP_REFERER") or "wagtailadmin_home")
