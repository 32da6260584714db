"""`manage.py settings`: what is in force, and where that comes from. No secrets."""

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print every variable that this site reads, what is in force and where it was set, without secrets."
    requires_system_checks: tuple[()] = ()

    def handle(self, *args: object, **options: object) -> None:
        """Print a line for each: its name, its value, its source; those that somebody set come first."""
        self.stdout.write(f"DJANGO_SETTINGS_MODULE={settings.SETTINGS_MODULE}")
        variables = sorted(settings.VARIABLES.values(), key=lambda one: (one.source == "default", one.name))
        for one in variables:
            self.stdout.write(f"{one.name}={one.shown}  ({one.source})")
