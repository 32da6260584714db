"""Recomputes every digest and the chain, and counts who was told; ends with 1 and a list when anything differs."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policies.desk.proof import verify
from policies.notices.heartbeat import beat
from policies.notices.models import Heartbeat
from policies.versions.models import PolicyVersion


class Command(BaseCommand):
    help = "Prove that every announced version is as it was announced."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="only this policy")

    def handle(self, *args: object, slug: str | None = None, **options: object) -> None:
        """Raises: CommandError: no version of that policy was announced, or a version has problems."""
        versions = PolicyVersion.objects.of(slug) if slug else PolicyVersion.objects.all()
        count = versions.count()
        if slug and not count:
            raise CommandError(f"No version of “{slug}” was announced.")
        problems = list(verify(slug))
        if not slug:
            beat(Heartbeat.Part.PROOF, f"{len(problems)} found, first: {problems[0]}" if problems else "")
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems found in {count} announced versions.", returncode=1)
        self.stdout.write(f"{count} announced versions are as they were announced.")
