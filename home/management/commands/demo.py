"""Lays the demo site and says who can sign in; again, it changes nothing. With --code it is a demo person's phone."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.demo import PEOPLE, current_code, lay_demo

NOT_HERE = (
    "The demo makes people whose passwords are printed, so it runs with DEBUG only: "
    "DJANGO_SETTINGS_MODULE=plum.settings.dev python3 manage.py demo"
)


class Command(BaseCommand):
    help = "Lay the demo site: home, three policies with their past, and people who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", metavar="ADDRESS", help="print the code that this demo person's app shows now")

    def handle(self, *args: object, code: str | None = None, **options: object) -> None:
        """Raises: CommandError: DEBUG is off, or --code names nobody of the demo who has an authenticator app."""
        if not settings.DEBUG:
            raise CommandError(NOT_HERE)
        if code:
            self.print_code(code)
        else:
            self.lay()

    def lay(self) -> None:
        passwords = lay_demo()
        self.stdout.write(f"Who can sign in at {settings.SITE_URL}/account/ (passwords made up for this machine):")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<32} {passwords[person.email]:<22} {person.does}")
        self.stdout.write("Those of the CMS also give a code: python3 manage.py demo --code ADDRESS prints it.")
        self.stdout.write(f"Mail that the site sends is at {settings.SITE_URL}/dev/mail/.")

    def print_code(self, address: str) -> None:
        """Print the code that a demo person's app shows now, or say when the next one comes.

        Raises:
            CommandError: nobody of the demo has this address and an authenticator app.
        """
        found = current_code(address)
        if found is None:
            raise CommandError(f"{address} is no demo person with an authenticator app. `manage.py demo` lists them.")
        if found.used:
            self.stdout.write(f"The code was used already. The next comes in {found.seconds_left} seconds.")
        else:
            self.stdout.write(f"{found.code} (good for {found.seconds_left} seconds)")
