"""Addresses under /account/: the site's own pages, the second factor's and allauth's. No cache keeps any of them."""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from accounts.views import (
    closing,
    data,
    entrance,
    inviting,
    preferences,
    profile,
    reaching,
    security,
    undoing,
    unsubscribing,
)

own = [
    path("", profile.overview, name="overview"),
    path("details/", profile.details, name="details"),
    path("details/changes/<row:pk>/take-out/", profile.take_out, name="take_out"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/consents/", preferences.consents, name="consents"),
    path("unsubscribe/back/<str:token>/", unsubscribing.way_back, name="way_back"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("close/", closing.close, name="close"),
    path("close/asked/", closing.asked, name="close_asked"),
    path("close/back/<str:token>/", closing.open_again, name="take_back"),
    path("invitation/<str:token>/", inviting.invitation, name="invitation"),
    path("data/", data.data, name="data"),
    path("data/download/", data.download, name="download"),
    path("reaching/", reaching.reaching, name="reaching"),
    path("security/", security.security, name="security"),
    path("confirm-email/again/", entrance.send_again, name="send_again"),
    path("email/undo/<str:token>/", undoing.undo_change, name="undo"),
    path("sessions/<row:pk>/end/", security.end_session, name="end_session"),
]

urlpatterns = decorate_urlpatterns(
    [
        path("", include((own, "accounts"))),
        path("", include("accounts.second_factor.urls")),
        path("requests/", include("accounts.rights.urls")),
        path("confirm-email/", entrance.verification_sent, name="account_email_verification_sent"),
        path("password/change/", security.change_password, name="account_change_password"),
        path("sessions/", security.sessions, name="usersessions_list"),
        path("", include("allauth.urls")),
    ],
    never_cache,
)
