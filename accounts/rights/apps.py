"""Starts the rights desk: an app of its own, a room of the accounts."""

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "accounts.rights"
    label = "rights"
    verbose_name = _("Rights requests")

    def ready(self) -> None:
        """Register what requests hold about people, and what the database refuses about them."""
        from accounts.chores import Chore, add_chore
        from accounts.models import triggers
        from accounts.rights import chores, figures, personal_data
        from accounts.rights.deciding.erasing import how_many_to_look_at_again, look_again_at_what_is_due
        from accounts.rights.holidays import recounting
        from accounts.rights.models.triggers import TRIGGERS
        from accounts.rights.person import overview  # noqa: F401  (it registers itself)

        personal_data.declare()
        chores.register()
        figures.register()
        recounting.register()
        triggers.declare(*TRIGGERS)
        add_chore(45, Chore("erasures to look at again", look_again_at_what_is_due, how_many_to_look_at_again))
        if apps.is_installed("anymail"):
            from accounts.rights.mails.coming_back import on_tracking_event

            tracking = import_string("anymail.signals.tracking")
            tracking.connect(on_tracking_event, dispatch_uid="rights.on_tracking_event")
