"""Reads a policy from a file into a draft, and announces it on request."""

from typing import Unpack

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from accounts.values.wording import day_in_words
from policies.desk.intake.drafting import put_into_draft
from policies.desk.intake.recording import announce_draft
from policies.management.arguments import FileOptions, ReadingCommand
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage


class Options(FileOptions):
    announce: bool
    dry_run: bool


class Command(ReadingCommand):
    help = "Read a policy from plain text, Markdown, HTML or Word into a draft; --announce makes it a version."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--announce", action="store_true", help="announce it, too")
        parser.add_argument("--dry-run", action="store_true", help="only say what was understood")

    def announced(self, page: PolicyPage, options: Options) -> PolicyVersion | None:
        return announce_draft(page, approved=self.approved(options), **self.words(options))

    def handle(self, *args: object, **options: Unpack[Options]) -> None:
        """Put the file into the policy's draft, and announce it with --announce.

        Raises:
            CommandError: the file cannot be taken as it is, or a rule forbids the announcement. Nothing was saved.
        """
        imported = self.read(options, is_announced=options["announce"])
        if options["dry_run"]:
            self.say(options, "Nothing was saved: this was a dry run.")
            return
        try:
            with transaction.atomic():
                page = put_into_draft(imported.document, options["slug"], kind=imported.report.kind)
                version = self.announced(page, options) if options["announce"] else None
        except AnnouncementRefused as refusal:
            raise CommandError(f"Nothing was saved. {refusal}") from refusal
        if version:
            self.say(options, f"Announced {version}, in force from {day_in_words(version.effective_from)}.")
        elif options["announce"]:
            self.say(options, "Nothing was announced: the text is that of the newest version.")
        else:
            self.say(options, f"Saved as a draft: /cms/pages/{page.pk}/edit/")
