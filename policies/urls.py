"""The addresses under /policies/: plain Django URLs, which read announced versions only."""

from django.urls import path

from policies import views

app_name = "policies"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.policy, name="policy"),
    path("<slug:slug>/versions/<str:number>/", views.version, name="version"),
]
