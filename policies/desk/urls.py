"""Addresses under /cms/policies/."""

from django.urls import path

from policies.desk import views
from policies.writing.day_meaning import meaning

app_name = "policies_cms"
urlpatterns = [
    path("day/", meaning, name="day"),
    path("<int:page_id>/versions/", views.VersionsView.as_view(), name="versions"),
    path("<int:page_id>/versions/<str:number>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("<int:page_id>/redline/", views.redline, name="redline"),
]
