"""`manage.py housekeeping`: once, or again and again until it is told to stop."""

import signal
import threading
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from home.operations.alarms import look_after
from home.operations.heartbeat_url import tell_of_a_good_round
from home.operations.housekeeping import keep_house, what_is_due


class Command(BaseCommand):
    help = (
        "Does what time has made due: publishes what is scheduled, takes expired pages offline, erases closed "
        "accounts, deletes what is past the time it is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="Go on, with this pause in between, until SIGTERM or Ctrl-C."
        )
        parser.add_argument("--dry-run", action="store_true", help="Show what is due, and do nothing.")

    def handle(
        self,
        *args: object,
        every: float | None = None,
        dry_run: bool = False,
        verbosity: int = 1,
        **options: object,
    ) -> None:
        """Do one round, or one after another until a signal comes; with --dry-run, only show what would be done."""
        if dry_run:
            self._show()
            return
        if every is None:
            self._round(verbosity)
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            self._round_that_may_fail(verbosity)
            stop.wait(every)

    def _show(self) -> None:
        due = {what: count for what, count in what_is_due().items() if count}
        for what, count in due.items():
            self.stdout.write(f"{count} {what}")
        if not due:
            self.stdout.write("Nothing is due.")

    def _round(self, verbosity: int) -> None:
        done = keep_house()
        if not settings.DEBUG:
            look_after()
        if not done.failed:
            tell_of_a_good_round()
        if verbosity > 1 or any(vars(done).values()):
            self.stdout.write(", ".join(f"{count} {name}" for name, count in vars(done).items()))

    def _round_that_may_fail(self, verbosity: int) -> None:
        """A database that is away for a while does not end the loop."""
        close_old_connections()
        try:
            self._round(verbosity)
        except Exception as error:
            self.stderr.write(f"This round failed and will be tried again: {error}")
