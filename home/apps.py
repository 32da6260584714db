"""Starts the site around the policies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from accounts.models import triggers
        from home import identity, personal_data, signals  # noqa: F401  (identity registers itself)
        from home.caches_in_front import checks as of_caches  # noqa: F401  (it registers itself)
        from home.caches_in_front import tasks as caches_in_front
        from home.contact import chores
        from home.contact import personal_data as of_enquiries
        from home.cookies import remembering
        from home.cookies.consent import offering
        from home.cookies.declared import checks  # noqa: F401  (it registers itself)
        from home.cookies.register import agreement, telling  # noqa: F401  (its check registers itself)
        from home.finished_pages import committing, watched
        from home.operations import coming_back, figures, housekeeping, kept_pages  # noqa: F401  (the last is a check)
        from home.operations.doctor import registering as doctor
        from home.statistics import chores as of_statistics

        personal_data.declare()
        of_enquiries.declare()
        housekeeping.register()
        chores.register()
        coming_back.register()
        doctor.register()
        figures.register()
        of_statistics.register()
        telling.register()
        remembering.connect()
        offering.register()
        signals.connect()
        caches_in_front.register()
        committing.connect()
        triggers.declare(*watched.triggers())
