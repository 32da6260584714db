"""Starts the rights desk: an app of its own, a room of the accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RightsConfig(AppConfig):
    name = "accounts.rights"
    label = "rights"
    verbose_name = "Rights requests"

    def ready(self) -> None:
        """Register what requests hold about people, and what the database refuses about them."""
        from accounts.chores import Chore, add_chore
        from accounts.models import triggers
        from accounts.rights import personal_data
        from accounts.rights.deciding.erasing import how_many_to_look_at_again, look_again_at_what_is_due
        from accounts.rights.models.triggers import TRIGGERS

        personal_data.declare()
        triggers.declare(*TRIGGERS)
        add_chore(45, Chore("erasures to look at again", look_again_at_what_is_due, how_many_to_look_at_again))
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="rights.triggers")
