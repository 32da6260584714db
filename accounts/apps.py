from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import (
            declarations,  # noqa: F401  (checks register themselves)
            signal_handlers,  # noqa: F401  (both register themselves)
        )
        from accounts.flows import overview
        from accounts.models import administrators, triggers
        from accounts.personal_data import checks, forgetting

        declarations.declare()
        triggers.declare(*administrators.TRIGGERS)
        post_migrate.connect(forgetting.prepare, sender=self, dispatch_uid="accounts.forgetting")
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="accounts.triggers")
