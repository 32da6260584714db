"""Makes the evidence of a version, or of a person and a version: the same ZIP as in the CMS."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from policies.desk.evidence.taking import take, take_of_person
from policies.versions.models import PolicyVersion


class Command(BaseCommand):
    help = "Write the evidence of a version into a ZIP that can be checked without this site. It is written down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the policy's address: privacy, cookies, terms …")
        parser.add_argument("number", help="of the version, such as 2.0")
        parser.add_argument("--person", metavar="EMAIL", help="of this person and the version")
        parser.add_argument("--output", metavar="FILE", help="where to write it; - for standard output")

    def handle(
        self,
        *args: object,
        slug: str,
        number: str,
        person: str | None = None,
        output: str | None = None,
        **options: object,
    ) -> None:
        """Raises: CommandError: there is no such version or person, or the file cannot be written."""
        version = self._version(slug, number)
        somebody = self._person(person) if person else None
        path = None if output == "-" else Path(output or f"{slug}-{number}-evidence.zip")
        file = self._new(path) if path else sys.stdout.buffer
        try:
            pack = take_of_person(version, somebody, by=None) if somebody else take(version, by=None)
            file.writelines(pack.pieces())
        except BaseException:
            if path:
                path.unlink(missing_ok=True)
            raise
        finally:
            if path:
                file.close()
        self.stderr.write(f"{len(pack.files)} files about {pack.about}, in {path or 'standard output'}.")

    def _version(self, slug: str, number: str) -> PolicyVersion:
        versions = PolicyVersion.objects.outline().of(slug).select_related("page", "announced_by", "withdrawn_by")
        found = next((version for version in versions if version.number == number), None)
        if found is None:
            raise CommandError(f"There is no version {number} of “{slug}”. Nothing was written.")
        return found

    def _person(self, email: str) -> User:
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError("Nobody signs in with this address. Nothing was written.")
        return person

    def _new(self, path: Path) -> BinaryIO:
        """Open a new file that only its owner can read; what there is already stays."""
        try:
            return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}. Name another with --output.") from error
