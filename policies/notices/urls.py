"""The addresses under /account/policies/: what a person was told of. No cache keeps any of them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from policies.notices.reader import views

urlpatterns = decorate_urlpatterns(
    [
        path("", views.account_policies, name="account_policies"),
        path("notices/<int:pk>/", views.account_notice, name="account_notice"),
        path("notices/<int:pk>/eml/", views.account_notice_mail, name="account_notice_mail"),
    ],
    never_cache,
)
