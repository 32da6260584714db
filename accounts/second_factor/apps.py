"""The second factor, as an app of its own: it knows allauth and django-otp, but no other app of this site."""

from django.apps import AppConfig


class SecondFactorConfig(AppConfig):
    name = "accounts.second_factor"
    label = "second_factor"
    verbose_name = "Second factor"

    def ready(self) -> None:
        from accounts.second_factor import checks  # noqa: F401
