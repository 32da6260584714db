"""Addresses under /account/requests/: the door of people who are signed in."""

from django.urls import path

from accounts.rights.person import account, pages
from accounts.rights.person.doors import own

app_name = "rights"
urlpatterns = [
    path("", account.requests, name="requests"),
    path("new/", account.new, name="new"),
    path("<slug:reference>/", own(pages.page), name="page"),
    path("<slug:reference>/write/", own(pages.write_page), name="write"),
    path("<slug:reference>/withdraw/", own(pages.withdraw_page), name="withdraw"),
    path("<slug:reference>/reopen/", own(pages.reopen_page), name="reopen"),
    path("<slug:reference>/files/<row:pk>/", own(pages.file_page), name="file"),
    path("<slug:reference>/due.ics", own(pages.calendar_page), name="calendar"),
]
