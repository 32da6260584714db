"""Lays the demo site and says who can sign in; again, it changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import PEOPLE, lay_demo


class Command(BaseCommand):
    help = "Lay the demo site: home, three policies with their past, and people who can sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo makes people whose passwords are printed, so it runs with DEBUG only: "
                "DJANGO_SETTINGS_MODULE=plum.settings.dev manage.py demo"
            )
        passwords = lay_demo()
        self.stdout.write(f"Who can sign in at {settings.SITE_URL}/cms/ (passwords made up for this machine):")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<32} {passwords[person.email]:<22} {person.does}")
