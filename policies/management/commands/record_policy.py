"""Records a version that was announced elsewhere, with its true dates. It is never mailed."""

import datetime as dt
from typing import Unpack

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from accounts.values.wording import day_in_words
from policies.desk.intake.drafting import put_into_draft
from policies.desk.intake.recording import record_announced_elsewhere
from policies.management.arguments import FileOptions, ReadingCommand, a_day
from policies.versions.announcing import AnnouncementRefused


class Options(FileOptions):
    announced_on: dt.date


class Command(ReadingCommand):
    help = "Record a version announced in another place before, with its true dates. The oldest first."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--announced-on", type=a_day, required=True, metavar="YYYY-MM-DD", help="the day it was announced then"
        )

    def handle(self, *args: object, **options: Unpack[Options]) -> None:
        """Record a version that was announced elsewhere.

        Raises:
            CommandError: the file cannot be taken as it is, or a rule forbids the version. Nothing was saved.
        """
        imported = self.read(options, is_announced=True)
        try:
            with transaction.atomic():
                page = put_into_draft(imported.document, options["slug"], kind=imported.report.kind)
                version = record_announced_elsewhere(
                    page,
                    announced_on=options["announced_on"],
                    approved=self.approved(options),
                    **self.words(options),
                )
        except AnnouncementRefused as refusal:
            raise CommandError(f"Nothing was saved. {refusal}") from refusal
        self.say(
            options,
            f"Recorded {version}, announced on {day_in_words(version.announced_on)}, "
            f"in force from {day_in_words(version.effective_from)}.",
        )
