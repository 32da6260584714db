"""Addresses under `/cookies/`."""

from django.urls import path

from home.cookies import page, theme
from home.cookies.consent import views as consent

urlpatterns = [
    path("", page.cookies, name="cookies"),
    path("answer/", consent.answer_question, name="cookie_answer"),
    path("theme/", theme.choose_theme, name="theme"),
    path("theme.css", theme.theme_stylesheet, name="theme_stylesheet"),
]
