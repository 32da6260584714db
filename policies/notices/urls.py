"""The addresses under /account/policies/: what a person was told of. No cache keeps any of them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.notices.reader import views

urlpatterns = decorate_urlpatterns(
    [
        path("", views.account_policies, name="account_policies"),
        path("notices/<row:pk>/", views.account_notice, name="account_notice"),
        path("notices/<row:pk>/eml/", views.account_notice_mail, name="account_notice_mail"),
    ],
    never_cache,
)
