"""`manage.py doctor`: one list, well or what to do. Ends with 1 when there is something to do."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from accounts.examining import Finding, Verdict, examinations, examine
from home.operations.doctor.mail import send_test_mail

MARKS = {Verdict.WELL: "ok   ", Verdict.TO_DO: "TO DO", Verdict.NOT_ASKED: "-    "}


class Command(BaseCommand):
    help = "Look at the whole site: what is well, and what to do about the rest. Nothing is changed."
    requires_system_checks: tuple[()] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print it as data.")
        parser.add_argument(
            "--only",
            nargs="+",
            metavar="KEY",
            choices=[one.key for one in examinations()],
            help="Look at these only; --json has their keys.",
        )
        parser.add_argument("--mail", metavar="ADDRESS", help="Also send one test mail there.")

    def handle(self, *args: object, only: list[str] | None = None, mail: str | None = None, **options: object) -> None:
        """Print the list; end with 1 if there is something to do."""
        which = [one for one in examinations() if not only or one.key in only]
        found = [(one.key, one.title, finding) for one, finding in examine(which)]
        if mail:
            found.append(("test-mail", "Test mail", send_test_mail(mail)))
        if options["json"]:
            self._as_data(found)
        else:
            self._in_words(found)
        if not all(finding.is_well for *_, finding in found):
            sys.exit(1)

    def _as_data(self, found: list[tuple[str, str, Finding]]) -> None:
        rows = [
            {"key": key, "title": title, "verdict": one.verdict, "words": one.words, "advice": one.advice}
            for key, title, one in found
        ]
        self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))

    def _in_words(self, found: list[tuple[str, str, Finding]]) -> None:
        for _, title, one in found:
            style = self.style.ERROR if one.verdict == Verdict.TO_DO else self.style.SUCCESS
            self.stdout.write(f"{style(MARKS[one.verdict])} {title}: {one.words}")
            for line in one.advice.splitlines():
                self.stdout.write(f"      {line}")
        count = sum(not one.is_well for *_, one in found)
        self.stdout.write(f"{count} to do." if count else "All is well.")
