"""The accounts at the address that allauth's tests expect, the pages they visit, and the rest of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from plum.urls import urlpatterns as ours

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),  # some tests load it anew, with other settings
    path("", include("tests.projects.common.account.urls")),
    *[pattern for pattern in ours if str(pattern.pattern) != "account/"],
]
