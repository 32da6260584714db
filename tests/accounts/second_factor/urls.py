"""The site, and three addresses more: who is there, asked both ways, and a sign-in form that knows no second factor."""

from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.urls import include, path


def whoami(request):
    return HttpResponse(request.user.get_username() or "nobody", content_type="text/plain")


async def awaited_whoami(request):
    user = await request.auser()
    return HttpResponse(user.get_username() or "nobody", content_type="text/plain")


def nobody_asked(request):
    return HttpResponse("public")


urlpatterns = [
    path("whoami/", whoami),
    path("whoami/awaited/", awaited_whoami),
    path("public/", nobody_asked),
    path("foreign/login/", LoginView.as_view(template_name="400.html")),
    path("", include("plum.urls")),
]
