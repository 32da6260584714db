"""Starts the rights desk: an app of its own, a room of the accounts."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "accounts.rights"
    label = "rights"
    verbose_name = "Rights requests"
