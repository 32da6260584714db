"""`manage.py notices`: lists the amendment notices and steers one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies.models import AmendmentNotice
from policies.models.notices import IllegalTransition
from policies.notices import steering
from policies.notices.addresses import AddressRefused
from policies.notices.forecasting import forecast
from policies.notices.trying import TrialFailed, try_out


class Command(BaseCommand):
    help = "Lists the amendment notices, or stops, pauses, resumes, retries or tests one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        actions.add_parser("list", help="Show all notices, the newest first, and where they stand.")
        for action, words in {
            "stop": "End it for good. Who was not written to yet is not.",
            "pause": "Send nothing more until it is resumed.",
            "resume": "Go on after a pause.",
            "retry-failed": "Try those that failed once more.",
            "test": "Send the mail to one address, and count nothing.",
        }.items():
            one = actions.add_parser(action, help=words)
            one.add_argument("notice", type=int, metavar="N")
            if action in {"stop", "pause"}:
                one.add_argument("--because", default="", help="The reason, for those who look later.")
            if action == "test":
                one.add_argument("address")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "list":
            self._list()
            return
        notice = AmendmentNotice.objects.select_related("version").filter(pk=options["notice"]).first()
        if notice is None:
            raise CommandError(f"There is no notice {options['notice']}. `manage.py notices list` shows them.")
        try:
            self.stdout.write(getattr(self, f"_{action.replace('-', '_')}")(notice, **options))
        except (IllegalTransition, AddressRefused, TrialFailed) as refusal:
            raise CommandError(str(refusal)) from refusal
        notice.refresh_from_db()
        self.stdout.write(forecast(notice))

    def _list(self) -> None:
        notices = AmendmentNotice.objects.without_message().select_related("version")
        for notice in notices:
            self.stdout.write(forecast(notice))
        if not notices:
            self.stdout.write("There is no notice yet. Announcing an amendment makes one.")

    def _stop(self, notice: AmendmentNotice, *, because: str, **_: Any) -> str:
        if not because.strip():
            raise CommandError("Say why it is stopped: --because “…”.")
        steering.stop(notice, because=because.strip())
        return "Stopped. What was sent stays sent."

    def _pause(self, notice: AmendmentNotice, *, because: str, **_: Any) -> str:
        steering.pause(notice, because=because.strip())
        return f"Paused. `manage.py notices resume {notice.pk}` goes on."

    def _resume(self, notice: AmendmentNotice, **_: Any) -> str:
        steering.resume(notice)
        return "Resumed."

    def _retry_failed(self, notice: AmendmentNotice, **_: Any) -> str:
        return f"{steering.retry_failed(notice)} will be tried again."

    def _test(self, notice: AmendmentNotice, *, address: str, **_: Any) -> str:
        try_out(notice, address)
        return f"Sent to {address}. Nobody else was written to, and nothing was counted."
