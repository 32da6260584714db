"""Shared arguments and output of the commands that read a policy from a file."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug

from accounts.days.reading import NotADay, read_day
from accounts.models import User
from policies.desk.intake.recording import Approved, Words
from policies.texts.importing import Imported, UnreadablePolicy, read_policy
from policies.texts.importing.struck import Choice
from policies.versions.kinds import KindOfChange
from policies.versions.models import Significance


def a_day(text: str) -> dt.date:
    """Parse a day given as an argument.

    Raises:
        argparse.ArgumentTypeError: it is no day that anybody in Britain would write.
    """
    try:
        return read_day(text)
    except NotADay as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def a_slug(text: str) -> str:
    """Parse a slug given as an argument.

    Raises:
        argparse.ArgumentTypeError: it has characters other than letters, digits, hyphens and underscores.
    """
    try:
        validate_slug(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a slug such as privacy-policy") from error
    return text


def somebody(text: str) -> User:
    """Find the user whose address is given as an argument.

    Raises:
        argparse.ArgumentTypeError: nobody signs in with it.
    """
    user = User.objects.filter(email__iexact=text).first()
    if user is None:
        raise argparse.ArgumentTypeError(f"nobody signs in with “{text}”")
    return user


class FileOptions(TypedDict):
    """What these commands are asked, as it is parsed."""

    file: Path
    slug: str
    title: str | None
    effective_from: dt.date | None
    significance: str
    summary: str
    links_because: str
    kinds: list[str]
    short_notice_because: str
    sentence_case: bool
    struck: Choice | None
    one_section: str | None
    report: str
    force: bool
    approved_by: User | None
    approved_because: str


class ReadingCommand(BaseCommand):
    """Reads FILE, prints the report, and stops if words would be lost."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the policy it is for, and how to read it."""
        parser.add_argument("file", type=Path, metavar="FILE", help=".txt, .md, .html or .docx")
        parser.add_argument(
            "--slug", type=a_slug, required=True, help="the policy's address: privacy, cookies, terms …"
        )
        parser.add_argument("--title", help="instead of the title in the file")
        parser.add_argument(
            "--effective-from",
            type=a_day,
            metavar="DAY",
            help="the day it comes into force, such as 2026-11-30 or 30/11/2026",
        )
        parser.add_argument("--significance", choices=Significance.values, default="", help="for every later version")
        parser.add_argument(
            "--kind",
            dest="kinds",
            action="append",
            choices=KindOfChange.values,
            default=[],
            help="of an amendment that is announced, one at least; repeat",
        )
        parser.add_argument(
            "--short-notice-because",
            default="",
            metavar="REASON",
            help="why it begins sooner than the settings ask for",
        )
        parser.add_argument("--summary", default="", help="what changes and why, for every later version")
        parser.add_argument(
            "--links-because", default="", metavar="REASON", help="why links within the site may lead nowhere"
        )
        parser.add_argument("--sentence-case", action="store_true", help="set headings in capitals in sentence case")
        parser.add_argument(
            "--struck",
            choices=("drop", "keep"),
            help="where words are struck through: drop leaves them out, keep makes them words in force",
        )
        parser.add_argument("--one-section", metavar="HEADING", help="put a text without headings into one section")
        parser.add_argument(
            "--approved-by", type=somebody, metavar="EMAIL", help="who approved it, where two people are asked for"
        )
        parser.add_argument("--approved-because", default="", metavar="WORDS", help="how they did; it is logged")
        parser.add_argument("--report", choices=("text", "json"), default="text", help="how to print what became of it")
        parser.add_argument(
            "--force", action="store_true", help="go on even if words of the file would be lost or cannot be read"
        )

    def read(self, options: FileOptions, *, is_announced: bool) -> Imported:
        """Read the file and print the report.

        Args:
            options: those of the command.
            is_announced: whether the text will be announced. If so, anything that cannot be read stops it.

        Raises:
            CommandError: the file cannot be read or, without --force, words would be lost or could not be read.
        """
        try:
            imported = read_policy(
                options["file"],
                options["title"],
                sentence_case=options["sentence_case"],
                struck=options["struck"],
                one_section=options["one_section"],
            )
        except UnreadablePolicy as error:
            raise CommandError(str(error)) from error
        report = imported.report
        if options["report"] == "json":
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(report.as_text())
        if options["force"]:
            return imported
        if not report.is_complete:
            raise CommandError("Nothing was saved, since words would be lost. Mend the file, or use --force.")
        if is_announced and not report.is_clear:
            raise CommandError(
                "Nothing was saved, since part of the file cannot be read (NOT READ above). Mend the file, import it "
                "as a draft and mend that, or use --force."
            )
        return imported

    def say(self, options: FileOptions, text: str) -> None:
        """Print the outcome, to stderr if the report is JSON."""
        (self.stderr if options["report"] == "json" else self.stdout).write(text)

    def approved(self, options: FileOptions) -> Approved | None:
        by = options["approved_by"]
        return Approved(by, options["approved_because"]) if by else None

    def words(self, options: FileOptions) -> Words:
        return {
            "significance": options["significance"],
            "change_summary": options["summary"],
            "effective_from": options["effective_from"],
            "links_because": options["links_because"],
            "kinds": options["kinds"],
            "short_notice_because": options["short_notice_because"],
        }
