"""Starts the accounts: what they add to the menu, the register of personal data and the housekeeping."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import declarations, signal_handlers  # noqa: F401  (the handlers register themselves)
        from accounts.flows import due, overview  # noqa: F401  (the overview registers itself)
        from accounts.personal_data import checks  # noqa: F401  (they register themselves)

        declarations.declare()
        due.register()
