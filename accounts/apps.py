from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import (
            declarations,  # noqa: F401  (the checks register themselves)
            signal_handlers,  # noqa: F401  (both register themselves)
        )
        from accounts.flows import overview
        from accounts.personal_data import checks

        declarations.declare()
