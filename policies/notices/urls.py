"""The addresses under /account/policies/: what a person was told of. No cache keeps any of them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from policies.notices.reader import views as engaging

urlpatterns = decorate_urlpatterns(
    [
        path("", engaging.account_policies, name="account_policies"),
        path("notices/<int:pk>/", engaging.account_notice, name="account_notice"),
        path("notices/<int:pk>/eml/", engaging.account_notice_mail, name="account_notice_mail"),
    ],
    never_cache,
)
