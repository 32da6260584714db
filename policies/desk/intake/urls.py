"""Addresses of bringing documents in, under /cms/policies/."""

from django.urls import path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.desk.intake.past_views import PastView
from policies.desk.intake.views import ImportView

urlpatterns = [
    path("import/", ImportView.as_view(), name="import"),
    path("import/past/", PastView.as_view(), name="import_past"),
    path("<row:page_id>/import/", ImportView.as_view(), name="import"),
    path("<row:page_id>/import/past/", PastView.as_view(), name="import_past"),
]
