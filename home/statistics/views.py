"""The switch with which people stay uncounted: one cookie that says so, set by who asks for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from home.cookies.declared.declarations import NOT_COUNTED, NOT_COUNTED_LASTS
from home.cookies.same_site import choosing


@choosing
def choose_counting(request: HttpRequest) -> HttpResponse:
    response = redirect(reverse("cookies") + "#counting")
    if request.POST.get("count") == "no":
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(NOT_COUNTED, "1", max_age=NOT_COUNTED_LASTS, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(NOT_COUNTED, samesite="Lax")
    return response
