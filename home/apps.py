"""Starts the site around the policies."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from accounts.models import triggers
        from home import identity, personal_data, signals  # noqa: F401  (identity registers itself)
        from home.contact import chores
        from home.contact import personal_data as of_enquiries
        from home.finished_pages import watched
        from home.operations import housekeeping

        personal_data.declare()
        of_enquiries.declare()
        housekeeping.register()
        chores.register()
        signals.connect()
        triggers.declare(*watched.triggers())
