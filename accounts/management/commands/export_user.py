"""Makes the file that a person can download in their account, for staff: all that is held about them."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.flows.downloading import record_copy_by_staff
from accounts.models import User
from accounts.personal_data.archive import Archive, make_archive


class Command(BaseCommand):
    help = (
        "Write all that is held about a person into a ZIP, as in their own download. The person sees that it was made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--output", metavar="FILE", help="where to write it; - for standard output")

    def handle(self, *args: object, email: str, output: str | None = None, **options: object) -> None:
        """Raises: CommandError: nobody signs in with this address, or the file cannot be written."""
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError("Nobody signs in with this address. Nothing was written.")
        archive = make_archive(person)
        target = output or archive.name
        if target == "-":
            record_copy_by_staff(person)
            sys.stdout.buffer.writelines(archive.pieces())
        else:
            self._write(archive, person, Path(target))
        self.stderr.write(f"{archive.rows} rows in {target}, {archive.problems} problems, which it names.")

    def _write(self, archive: Archive, person: User, path: Path) -> None:
        """Write a new file that only its owner can read; what there is already stays, and nothing is left half done."""
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}. Name another with --output.") from error
        try:
            with os.fdopen(opened, "wb") as file:
                record_copy_by_staff(person)
                file.writelines(archive.pieces())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
