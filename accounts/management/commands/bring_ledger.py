"""`manage.py bring_ledger FILE`: begins the erasure ledger with the lines of another, such as that of one machine."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.personal_data import ledger
from accounts.personal_data.ledger_places import place


class Command(BaseCommand):
    help = "Begins the ledger at ERASURE_LEDGER with the lines of a file, which is not changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a whole ledger, or a backup's copy of one")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        """Copy the lines into a ledger that has none yet.

        Raises:
            CommandError: the file is not whole, or there are lines already; nothing was done.
        """
        try:
            lines = file.read_bytes()
            found = ledger.parse(lines)
            with place().adding() as opened:
                if opened.content:
                    raise CommandError(f"There are lines at {place()} already, and they stay. Nothing was done.")
                opened.add(lines)
        except OSError as error:
            raise CommandError(f"{error}. Nothing was done.") from error
        except ledger.Damaged as error:
            raise CommandError(f"{file} is not whole. Nothing was done.") from error
        self.stdout.write(f"{len(found.lines)} lines are at {place()} now. Nobody may write to {file} any more.")
