"""`manage.py send_notices`: what the workers do, in the foreground and with progress, until nothing is left."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policies.notices.forecasting import forecast
from policies.notices.management.progress import ProgressBar
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NOTICE_FINAL
from policies.notices.sending.loop import Tally, send
from policies.notices.sending.rounds import prepare

STOPPING = "Stopping when the mails on their way are answered. Ctrl-C again ends at once, and may send those twice."
ENDED = "Ended at once. What it was holding is taken up again in {:.0f} minutes or less."


class Command(BaseCommand):
    help = "Sends the amendment notices that are due, with progress. Safe to stop with Ctrl-C, and to run twice."

    # They cost 16 MB that a worker would keep.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--notice", type=int, metavar="N", help="Only this notice.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go to how many; send nothing.")

    def handle(self, *args: object, notice: int | None = None, dry_run: bool = False, **options: object) -> None:
        """Send what is due, or with --dry-run say where each notice stands.

        Raises:
            CommandError: there is no such notice, it is over, or a second Ctrl-C ended the sending.
        """
        chosen = self._chosen(notice)
        if dry_run:
            for one in chosen:
                self.stdout.write(forecast(one))
            if not chosen:
                self.stdout.write("No notice is open.")
            return
        self._send(chosen[0] if notice else None)

    def _chosen(self, pk: int | None) -> list[AmendmentNotice]:
        notices = AmendmentNotice.objects.without_message().select_related("version").order_by("pk")
        if pk is None:
            return list(notices.unfinished())
        found = notices.filter(pk=pk).first()
        if found is None:
            raise CommandError(f"There is no notice {pk}. `manage.py notices list` shows them.")
        if found.state in NOTICE_FINAL:
            raise CommandError(f"Notice {pk} is {found.state}: there is nothing to send.")
        return [found]

    def _send(self, notice: AmendmentNotice | None) -> None:
        prepare()
        with self._stopped_by_signals() as stop, ProgressBar(self.stdout) as bar:
            tally = send(during=None, notice=notice, on_progress=bar.show, stop=stop)
        self.stdout.write(str(tally) if tally != Tally() else "Nothing was due.")
        for one in self._chosen(None):
            self.stdout.write(forecast(one))

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[threading.Event]:
        """End in order at the first signal; the second one ends it at once."""
        stop = threading.Event()

        def ask(*_: object) -> None:
            stop.set()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self.stderr.write(STOPPING, str)

        usual = {name: signal.signal(name, ask) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield stop
        except KeyboardInterrupt:
            raise CommandError(ENDED.format(settings.NOTICES_LEASE.total_seconds() / 60)) from None
        finally:
            for name, before in usual.items():
                signal.signal(name, before)
