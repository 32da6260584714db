"""`manage.py set_up`: the first start of one's own site. It can be run again: what is there stays."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import TypedDict, Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.values.mail_address import AddressRefused
from home.setting_up import laying
from home.setting_up.missing import organisations_row, what_is_missing
from policies.texts.importing import UnreadablePolicy
from policies.versions.announcing import AnnouncementRefused


def policy_and_file(text: str) -> tuple[str, Path]:
    """Parse SLUG=FILE.

    Raises:
        ArgumentTypeError: it is no such thing.
    """
    slug, _, name = text.partition("=")
    if not (slug and name):
        raise ArgumentTypeError(f"“{text}” is not like privacy=privacy.docx")
    try:
        Path(name).open("rb").close()
    except OSError as problem:
        raise ArgumentTypeError(f"{name} cannot be opened: {problem.strerror}") from problem
    return slug, Path(name)


def in_lines(text: str) -> str:
    return "\n".join(part.strip() for part in text.split(","))


class Options(TypedDict):
    """What the command is asked, as it is parsed."""

    name: str
    address: str
    email: str
    administrator: str
    headings: list[str] | None
    imports: list[tuple[str, Path]]
    no_input: bool


class Command(BaseCommand):
    help = "Set up a site of your own: who runs it, its first administrator, its policies. Asks what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="of the organisation")
        parser.add_argument("--address", default="", help="postal; its lines divided by commas")
        parser.add_argument("--email", default="", help="where people can write to")
        parser.add_argument("--administrator", default="", metavar="EMAIL", help="who signs in first")
        parser.add_argument(
            "--headings",
            nargs="*",
            choices=laying.offered(),
            metavar="SLUG",
            help=f"policies to begin with headings only: {', '.join(laying.offered())}; none after it for none",
        )
        parser.add_argument(
            "--import", dest="imports", action="append", type=policy_and_file, default=[], metavar="SLUG=FILE",
            help="a policy of yours, from .txt, .md, .html or .docx, as a draft; repeat",
        )  # fmt: skip
        parser.add_argument("--no-input", action="store_true", help="ask nothing")

    def handle(self, *args: object, **options: Unpack[Options]) -> None:
        """Set up what is asked for, and end on what is missing.

        Raises:
            CommandError: something that was said cannot be so. What was done before it stays.
        """
        self.asks = not options["no_input"] and sys.stdin.isatty()
        self.say_who(options["name"], options["address"], options["email"])
        self.let_in(options["administrator"])
        self.import_policies(options["imports"])
        self.lay_headings(options["headings"])
        self.end()

    def ask(self, question: str, given: str, known: str = "") -> str:
        """Return what was given or, where one can ask, what is answered; what is known already is not asked."""
        if given or known or not self.asks:
            return given
        return input(f"{question}: ").strip()

    def say_who(self, name: str, address: str, email: str) -> None:
        """Raises: CommandError: what was said cannot be so; the words name the field."""
        row = organisations_row()
        said = laying.Said(
            self.ask("Name of the organisation", name, row.name),
            in_lines(self.ask("Postal address, its lines divided by commas", address, row.postal_address)),
            self.ask("E-mail address to which people can write", email, row.email),
        )
        try:
            laying.say_who(said)
        except ValidationError as problem:
            words = (f"{field}: {' '.join(said)}" for field, said in problem.message_dict.items())
            raise CommandError(" ".join(words)) from problem
        self.stdout.write(f"The site is that of {organisations_row().name or 'nobody yet'}.")

    def let_in(self, administrator: str) -> None:
        """Raises: CommandError: that is no address."""
        if laying.has_administrator():
            self.stdout.write("There is an administrator already.")
            return
        address = self.ask("E-mail address of the first administrator", administrator)
        if not address:
            return
        try:
            link = laying.first_administrator(address)
        except AddressRefused as problem:
            raise CommandError(f"administrator: {problem}") from problem
        self.stdout.write(f"{address} chooses a password here, within seven days:\n  {link}")

    def import_policies(self, imports: list[tuple[str, Path]]) -> None:
        """Raises: CommandError: a file cannot be read, or its draft is refused; those before it stay."""
        for slug, path in imports:
            try:
                page = laying.import_draft(slug, path)
            except (UnreadablePolicy, AnnouncementRefused) as problem:
                raise CommandError(f"{path}: {problem}") from problem
            self.stdout.write(f"{path} is the draft of “{page.title}”: {self.where(page.pk)}")

    def lay_headings(self, headings: list[str] | None) -> None:
        for slug in self.wanted(headings):
            if page := laying.lay_skeleton(slug):
                self.stdout.write(f"“{page.title}” has its headings, to be filled: {self.where(page.pk)}")

    def wanted(self, headings: list[str] | None) -> list[str]:
        if headings is not None:
            return headings
        if not self.asks:
            return []
        names = ", ".join(laying.offered())
        answer = input(f"Begin which policies with headings to fill ({names}; nothing for all, - for none)? ").strip()
        if answer == "-":
            return []
        return [slug for slug in laying.offered() if not answer or slug in answer]

    def where(self, pk: int) -> str:
        return f"{settings.SITE_URL}/cms/pages/{pk}/edit/"

    def end(self) -> None:
        missing = what_is_missing()
        if not missing:
            self.stdout.write("Nothing is missing.")
            return
        self.stdout.write("Still missing:")
        for one in missing:
            self.stdout.write(f"  - {one.words} {settings.SITE_URL}{one.url}")
