"""Starts the accounts: what they add to the menu, the register of personal data, the housekeeping and
what the database refuses."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register what accounts hold about people, what falls due for them, and their triggers."""
        from accounts import declarations, signal_handlers  # noqa: F401  (the handlers register themselves)
        from accounts.flows import consent_receipts, due, overview  # noqa: F401  (they register themselves)
        from accounts.models import administrators, triggers
        from accounts.personal_data import checks, examining, forgetting  # noqa: F401  (they register themselves)

        declarations.declare()
        due.register()
        examining.register()
        triggers.declare(*administrators.TRIGGERS)
        triggers.have_them_examined()
        post_migrate.connect(forgetting.prepare, sender=self, dispatch_uid="accounts.forgetting")
        pre_migrate.connect(triggers.lift_before_migrate, sender=self, dispatch_uid="accounts.triggers")
        # Those of every app: all have declared theirs, and all tables are there before the first of these signals.
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="accounts.triggers")
