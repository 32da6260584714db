"""Addresses under /cms/policies/."""

from django.urls import include, path

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from policies.desk import views
from policies.desk.approving.urls import urlpatterns as approving
from policies.desk.checking.views import ChecksView

app_name = "policies_cms"
urlpatterns = [
    path("", include("policies.desk.evidence.urls")),
    path("", include("policies.desk.intake.urls")),
    path("", include("policies.desk.look.urls")),
    path("<row:page_id>/versions/", views.VersionsView.as_view(), name="versions"),
    path("", include("policies.desk.telling.urls")),
    path("<row:page_id>/redline/", views.redline, name="redline"),
    *approving,
    path("<row:page_id>/checks/", ChecksView.as_view(), name="checks"),
]
