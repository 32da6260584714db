"""Addresses under /cms/guide/."""

from django.urls import path

from policies.desk.guide import views

app_name = "policies_guide"
urlpatterns = [
    path("", views.GuideView.as_view(), name="guide"),
    path("pictures/<str:name>", views.picture, name="picture"),
]
