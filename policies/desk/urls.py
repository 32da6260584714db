"""Addresses under /cms/policies/."""

from django.urls import path

from policies.desk import views

app_name = "policies_cms"
urlpatterns = [
    path("<int:page_id>/versions/", views.VersionsView.as_view(), name="versions"),
    path("<int:page_id>/versions/<str:number>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("<int:page_id>/redline/", views.redline, name="redline"),
]
