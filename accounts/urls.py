"""Addresses under /account/: the site's own pages, the second factor's and allauth's. No cache keeps any of them."""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.views import profile, security

own = [
    path("", profile.overview, name="overview"),
    path("details/", profile.details, name="details"),
    path("preferences/", profile.preferences, name="preferences"),
    path("security/", security.security, name="security"),
    path("sessions/<int:pk>/end/", security.end_session, name="end_session"),
]

urlpatterns = decorate_urlpatterns(
    [
        path("", include((own, "accounts"))),
        path("", include("accounts.second_factor.urls")),
        path("password/change/", security.change_password, name="account_change_password"),
        path("sessions/", security.sessions, name="usersessions_list"),
        path("", include("allauth.urls")),
    ],
    never_cache,
)
