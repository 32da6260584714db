"""Addresses under /data-rights/: the door of anybody. No cache keeps any of them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from accounts.rights.person import anybody, pages
from accounts.rights.person.doors import followed

app_name = "data_rights"
urlpatterns = decorate_urlpatterns(
    [
        path("", anybody.data_rights, name="form"),
        path("sent/", anybody.sent, name="sent"),
        path("confirm/<str:token>/", anybody.confirm_address, name="confirm"),
        path("follow/<str:token>/", followed(pages.page), name="page"),
        path("follow/<str:token>/again/", anybody.new_link, name="new_link"),
        path("follow/<str:token>/write/", followed(pages.write_page), name="write"),
        path("follow/<str:token>/withdraw/", followed(pages.withdraw_page), name="withdraw"),
        path("follow/<str:token>/reopen/", followed(pages.reopen_page), name="reopen"),
        path("follow/<str:token>/files/<row:pk>/", followed(pages.file_page), name="file"),
        path("follow/<str:token>/due.ics", followed(pages.calendar_page), name="calendar"),
    ],
    never_cache,
)
