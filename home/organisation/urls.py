"""Addresses of what is drawn from the organisation's name and colours."""

from django.urls import path

from home.organisation import views

urlpatterns = [
    path("identity/<slug:look>/site.css", views.style_sheet, name="style_sheet"),
    path("identity/<slug:look>/mark.svg", views.mark, name="drawn_mark"),
    path("favicon.ico", views.icon, name="favicon"),
]
