"""The second factor, as an app of its own: it knows allauth and django-otp, but no other app of this site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecondFactorConfig(AppConfig):
    name = "accounts.second_factor"
    label = "second_factor"
    verbose_name = _("Second factor")

    def ready(self) -> None:
        from accounts.second_factor import checks  # noqa: F401
