"""Addresses of the look, under /cms/policies/."""

from django.urls import path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.desk.look import views

urlpatterns = [
    path("<row:page_id>/look/", views.LookView.as_view(), name="look"),
    path("<row:page_id>/look/mail.html", views.mail_as_html, name="look_mail_html"),
    path("<row:page_id>/look/mail.txt", views.mail_as_text, name="look_mail_text"),
    path("<row:page_id>/look/test/", views.send_me_a_test, name="look_test"),
]
