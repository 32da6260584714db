"""Addresses under /cms/policies/ about taking back what people were told. Those of notices: `listing.py`."""

from django.urls import path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.desk.telling.withdrawal import WithdrawView

urlpatterns = [
    path("<row:page_id>/versions/<str:number>/withdraw/", WithdrawView.as_view(), name="withdraw"),
]
