from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import overview, signal_handlers  # noqa: F401  (both register themselves)
        from accounts.personal_data import checks, declarations  # noqa: F401  (the checks register themselves)

        declarations.declare()
