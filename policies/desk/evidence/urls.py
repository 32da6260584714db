"""Addresses of taking evidence, under /cms/policies/."""

from django.urls import path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.desk.evidence.views import EvidenceView

urlpatterns = [
    path("<row:page_id>/versions/<str:number>/evidence/", EvidenceView.as_view(), name="evidence"),
]
