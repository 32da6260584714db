"""What the commands that read a policy from a file have in common."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from policies.texts.document import Document
from policies.texts.importing import UnreadablePolicy, read_policy
from policies.versions.models import Significance


def a_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-11-30") from error


def a_slug(text: str) -> str:
    try:
        validate_slug(text)
    except Exception as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a slug such as privacy-policy") from error
    return text


class ReadingCommand(BaseCommand):
    """Reads FILE, says what it understood and stops where words would be lost."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=".txt, .md, .html or .docx")
        parser.add_argument(
            "--slug", type=a_slug, required=True, help="the policy's address: privacy, cookies, terms …"
        )
        parser.add_argument("--title", help="instead of the title in the file")
        parser.add_argument("--effective-from", type=a_day, metavar="YYYY-MM-DD", help="the day it comes into force")
        parser.add_argument("--significance", choices=Significance.values, default="", help="for every later version")
        parser.add_argument("--summary", default="", help="what changes and why, for every later version")
        parser.add_argument("--sentence-case", action="store_true", help="set headings in capitals in sentence case")
        parser.add_argument("--force", action="store_true", help="go on even if words of the file would be lost")

    def read(self, options: dict[str, Any]) -> Document:
        """Return the document in the file, after printing the account of it.

        Raises:
            CommandError: the file cannot be read, or words would be lost and --force was not given.
        """
        try:
            imported = read_policy(options["file"], options["title"], sentence_case=options["sentence_case"])
        except UnreadablePolicy as error:
            raise CommandError(str(error)) from error
        self.stdout.write(imported.report.as_text())
        if not imported.report.is_complete and not options["force"]:
            raise CommandError("Nothing was saved, since words would be lost. Mend the file, or use --force.")
        return imported.document

    def words(self, options: dict[str, Any]) -> dict[str, Any]:
        return {
            "significance": options["significance"],
            "change_summary": options["summary"],
            "effective_from": options["effective_from"],
        }
