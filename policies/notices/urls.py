"""The addresses under /account/policies/: what a person was told of. No cache keeps any of them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.notices.agreeing import views as agreeing
from policies.notices.reader import views
from policies.reading import converters  # noqa: F401  (registers <policy:…>)

urlpatterns = decorate_urlpatterns(
    [
        path("", views.account_policies, name="account_policies"),
        path("answer/", agreeing.give_answer, name="account_answer"),
        path("later/", agreeing.put_off, name="account_later"),
        path("asked/<policy:slug>/<str:number>/", agreeing.question, name="account_question"),
        path("notices/<row:pk>/", views.account_notice, name="account_notice"),
        path("notices/<row:pk>/eml/", views.account_notice_mail, name="account_notice_mail"),
    ],
    never_cache,
)
